package io.fasterapi.core;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Tells BlockHound that a core may block while it waits for work, but not while it runs work.
 * BlockHound finds this class with the service loader.
 */
public final class CoreBlockHoundIntegration implements BlockHoundIntegration {

    /** Called by the service loader. */
    public CoreBlockHoundIntegration() {}

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside(HandlerCore.class.getName(), "loop")
                .disallowBlockingCallsInside(TaskCalls.class.getName(), "run")
                .disallowBlockingCallsInside(Continuations.class.getName(), "runGuarded")
                .allowBlockingCallsInside("io.fasterapi.watchdog.ReadyTime", "read")
                .allowBlockingCallsInside( // for a moment, until the event loop has its turn
                        "io.fasterapi.spring.webflux.dispatch.EarlyExchange", "awaitServed");
    }
}
