package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.core.HandlerCores;
import io.fasterapi.core.Worker;
import io.fasterapi.stream.HopTarget;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Runs continuations on a worker. If they belong to an exchange, later requests of its connection
 * wait for them. Any thread.
 *
 * @param worker runs them
 * @param cores the cores
 * @param exchange the exchange; null for a WebSocket
 */
record CoreTarget(Worker worker, HandlerCores cores, @Nullable Exchange exchange)
        implements HopTarget {

    /** An exchange that runs on a worker. */
    interface Exchange {

        /** Returns the event loop of its connection. */
        EventLoop eventLoop();

        /** Runs on the worker what the event loop waits for. On the event loop. */
        void hop(Runnable continuation);

        /** Runs code that belongs to the exchange. If it throws, the exchange fails. */
        void run(Runnable continuation);

        /** Runs an action on the event loop after the runs that began before, unless in one. */
        void onTime(Runnable action);
    }

    @Override
    public void execute(Runnable continuation) {
        Exchange owner = exchange;
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
        Exchange owner = exchange;
        if (owner == null) {
            action.run();
        } else {
            owner.onTime(() -> owner.run(action));
        }
    }
}
