package io.fasterapi.cores;

import io.netty.util.concurrent.FastThreadLocalThread;
import reactor.core.scheduler.NonBlocking;

/**
 * The thread of one handler core. Non-blocking for Reactor, so that {@code block()} fails loudly,
 * and one of Netty's fast-local threads, so that pooled buffers are allocated from its own cache.
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

    HandBack handBack() {
        return core.handBack();
    }
}
