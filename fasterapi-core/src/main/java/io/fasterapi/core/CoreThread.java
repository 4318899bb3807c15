package io.fasterapi.core;

import io.netty.util.concurrent.FastThreadLocalThread;
import reactor.core.scheduler.NonBlocking;

/**
 * The thread of one handler core. It is non-blocking for Reactor, so that {@code block()} throws.
 * It is a fast thread-local thread of Netty, so that pooled buffers come from its own cache.
 */
final class CoreThread extends FastThreadLocalThread implements NonBlocking {

    private final HandlerCore core;

    CoreThread(HandlerCore core, Runnable loop, String name) {
        super(loop, name);
        this.core = core;
        setDaemon(true);
    }

    HandlerCore core() {
        return core;
    }

    CompletionBatch completionBatch() {
        return core.completionBatch();
    }
}
