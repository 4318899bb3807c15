package io.fasterapi.cores;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Tells BlockHound, where an application installs it, that a core may wait for work, and the work
 * may not wait. Found by the service loader; needed by nothing else.
 */
public final class CoreBlockHoundIntegration implements BlockHoundIntegration {

    /** Created by the service loader. */
    public CoreBlockHoundIntegration() {}

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside(HandlerCore.class.getName(), "loop")
                .disallowBlockingCallsInside(TaskCalls.class.getName(), "run")
                .disallowBlockingCallsInside(Continuations.class.getName(), "runGuarded")
                .allowBlockingCallsInside("io.fasterapi.watch.ReadyTime", "read");
    }
}
