package io.fasterapi.netty;

import io.fasterapi.core.CoreTask;
import io.fasterapi.core.LoopReturn;
import io.fasterapi.core.Worker;
import io.fasterapi.placement.RoutePlacement;
import io.netty.channel.EventLoop;

/**
 * The way of an early request to a worker and back. Begun on the event loop, run once by the
 * worker; the event loop learns of its end once.
 */
final class EarlyHop extends LoopReturn implements CoreTask {

    private final FrontExchange exchange;
    private final EarlyCall.Onward connection;
    private final boolean ordered;
    private volatile boolean over;

    EarlyHop(
            FrontExchange exchange,
            EarlyCall.Onward connection,
            boolean ordered,
            EventLoop eventLoop) {
        super(eventLoop);
        this.exchange = exchange;
        this.connection = connection;
        this.ordered = ordered;
    }

    @Override
    public void run(Worker worker) {
        exchange.run(worker);
        over();
    }

    @Override
    public boolean giveUp() {
        boolean givenUp = exchange.giveUp();
        if (givenUp) {
            over();
        }
        return givenUp;
    }

    @Override
    public void abort(Throwable cause) {
        try {
            exchange.aborted(cause);
        } finally {
            over();
        }
    }

    private void over() {
        over = true;
        returnToLoop();
    }

    @Override
    protected void onLoop() {
        if (over && exchange.back()) {
            connection.returned();
        }
    }

    @Override
    public boolean isOrdered() {
        return ordered;
    }

    @Override
    public Object route() {
        return exchange.state().route();
    }

    @Override
    public RoutePlacement placement() {
        return exchange.state().placement();
    }

    @Override
    public boolean isEssential() {
        return exchange.permit().route().isEssential();
    }
}
