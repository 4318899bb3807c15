package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.cores.HandlerCores;
import io.fasterapi.cores.Worker;
import io.fasterapi.stream.HopTarget;
import org.jspecify.annotations.Nullable;

/**
 * Where the continuations of something run: its worker, and the exchange, if any, whose connection
 * holds back later requests until they have.
 *
 * @param worker runs them
 * @param cores the cores
 * @param exchange the exchange that the work belongs to; null for a WebSocket, which is none
 */
record CoreTarget(Worker worker, HandlerCores cores, @Nullable CoreExchange exchange)
        implements HopTarget {

    @Override
    public void execute(Runnable continuation) {
        CoreExchange owner = exchange;
        Runnable guarded = owner == null ? continuation : () -> owner.run(continuation);
        if (worker.isCurrent()) {
            guarded.run();
        } else if (owner != null && owner.eventLoop().inEventLoop()) {
            owner.hop(continuation);
        } else {
            cores.execute(worker, guarded);
        }
    }

    @Override
    public void ask(Runnable action) {
        CoreExchange owner = exchange;
        if (owner == null) {
            action.run();
        } else {
            owner.onTime(() -> owner.run(action));
        }
    }
}
