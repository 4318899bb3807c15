package io.fasterapi.spring.webflux;

import io.fasterapi.cores.HandlerCore;
import io.fasterapi.cores.HandlerCores;
import org.jspecify.annotations.Nullable;

/**
 * Where the continuations of something run: its core, and the exchange, if any, whose connection
 * holds back later requests until they have.
 *
 * @param core the core
 * @param cores the core's group
 * @param exchange the exchange that the work belongs to; null for a WebSocket, which is none
 */
record CoreTarget(HandlerCore core, HandlerCores cores, @Nullable CoreExchange exchange) {

    /** Runs a continuation on the core: at once if the caller is there already. */
    void execute(Runnable continuation) {
        CoreExchange owner = exchange;
        if (core.inCore()) {
            continuation.run();
        } else if (owner != null && owner.eventLoop().inEventLoop()) {
            owner.hop(continuation);
        } else {
            cores.execute(core, continuation);
        }
    }

    /** Asks a source on the event loop for something, in the order in which an event loop would. */
    void ask(Runnable action) {
        CoreExchange owner = exchange;
        if (owner == null) {
            action.run();
        } else {
            owner.onTime(action);
        }
    }
}
