package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.core.HandlerCores;
import io.fasterapi.core.Worker;
import io.fasterapi.stream.HopTarget;
import org.jspecify.annotations.Nullable;

/**
 * Runs continuations on a worker. If they belong to an exchange, later requests of its connection
 * wait for them. Any thread.
 *
 * @param worker runs them
 * @param cores the cores
 * @param exchange the exchange; null for a WebSocket
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
