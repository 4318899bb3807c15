package io.fasterapi.netty;

import io.fasterapi.admission.RequestPermit;
import io.fasterapi.core.CoreTask;
import io.fasterapi.core.HandlerCore;
import io.fasterapi.core.LoopReturn;
import io.fasterapi.core.Worker;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.RoutePlacement;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The way of an early request to its handler and back: on the event loop, or by a worker. Begun and
 * ended on the event loop; what it waits for may come from any thread.
 */
public abstract class AbstractEarlyCall extends LoopReturn implements EarlyCall, CoreTask {

    /*
     * Two things bring it back to the event loop: its worker has run the handler, and an outcome is
     * there that came later or from another thread ("late"). What came within the run takes effect
     * before the gate lets more of the connection pass, what is late after that, since on an event
     * loop it would have found read what had arrived meanwhile.
     */
    private final RequestPermit permit;
    private final HttpHeaders headers;
    private final Channel channel;
    private final Workers workers;
    private final RoutePlacement placement;
    private final Placement where;
    private @Nullable Onward onward;
    private @Nullable Hops hops;
    private @Nullable HandlerCore shard;
    private @Nullable Runnable watching;
    private boolean beginning;
    private boolean away;
    private boolean finished;

    /** The thread that runs the handler; only that one can find itself here. */
    private @Nullable Thread running;

    private volatile @Nullable Worker worker;
    private volatile boolean givenUp;

    /**
     * Creates the call.
     *
     * @param headers the request's
     * @param where where its handler runs
     */
    protected AbstractEarlyCall(
            RequestPermit permit,
            HttpHeaders headers,
            Channel channel,
            Workers workers,
            RoutePlacement placement,
            Placement where) {
        super(channel.eventLoop());
        this.permit = permit;
        this.headers = headers;
        this.channel = channel;
        this.workers = workers;
        this.placement = placement;
        this.where = where;
    }

    /** Calls the handler, on the event loop or on a worker. */
    protected abstract void handle();

    /** Something failed around the handler. Any thread. */
    protected abstract void failed(Throwable cause);

    /** Returns the core that may run the handler alone, or null. On the event loop. */
    protected abstract @Nullable HandlerCore shard();

    /** The handler leaves the event loop. On the event loop. */
    protected void leaves() {}

    /** The deadline has passed, and the call was counted out. On the event loop. */
    protected abstract void expired();

    /** Does what is due for a call that Reactor Netty has taken over. On the event loop. */
    protected void deliver() {}

    /** Returns the permit, which the call ends. */
    protected final RequestPermit permit() {
        return permit;
    }

    /** Returns the channel of the connection. */
    public final Channel channel() {
        return channel;
    }

    /** Returns what runs calls that leave their event loop. */
    protected final Workers workers() {
        return workers;
    }

    /** Returns the worker that runs the handler, or null if that is the event loop. */
    public final @Nullable Worker worker() {
        return worker;
    }

    /** Returns the connection, or null before the call has begun. */
    protected final @Nullable Onward onward() {
        return onward;
    }

    @Override
    public final boolean isOf(HttpHeaders others) {
        return headers == others;
    }

    @Override
    public final void begin(Onward way) {
        onward = way;
        beginning = true;
        givenUp = !permit.begin();
        if (!givenUp && isInTime(way)) {
            try {
                if (where == Placement.INLINE) {
                    Workers.runInline(route(), placement, this::call);
                } else {
                    leave(way);
                }
            } catch (Throwable ex) { // not the handler's
                failed(ex);
            }
        }
        proceed(way);
        beginning = false;
    }

    /** Has the deadline watched, if there is one. What is overdue is answered by the watch. */
    private boolean isInTime(Onward way) {
        if (permit.deadline() == null) {
            return true;
        }
        Expiry.await(permit, eventLoop(), this::expired, answer -> way.expired(this, answer));
        return !permit.isOverdue();
    }

    private void call() {
        running = Thread.currentThread();
        try {
            handle();
        } finally {
            running = null;
        }
    }

    private void leave(Onward way) {
        shard = shard();
        leaves();
        Hops begun = new Hops();
        hops = begun;
        away = true;
        begun.begin(way.gate()); // first: what cannot be run any more may come back at once
        boolean accepted = false;
        try {
            accepted = workers.dispatch(where, shard, permit.route(), this);
        } finally {
            if (!accepted) {
                away = false;
                begun.end(1);
            }
        }
        givenUp = !accepted;
    }

    @Override
    public final void run(Worker runningWorker) {
        worker = runningWorker;
        Hops begun = hops;
        if (begun != null) {
            begun.run();
        }
        if (!permit.isOverdue()) { // if overdue, it is answered or about to be
            placement.run(Workers.placeOf(runningWorker), this::call);
        }
        over();
    }

    /** The worker is done, once; the event loop learns of it, also at a second attempt. */
    private void over() {
        Hops begun = hops;
        if (begun != null && !finished) {
            finished = true;
            begun.finish();
        }
        returnToLoop();
    }

    /** Runs on the worker what the event loop waits for. On the event loop. */
    public final void hop(Runnable continuation) {
        Hops begun = hops;
        Worker target = worker;
        if (begun != null && target != null) {
            begun.hop(workers.cores(), target, () -> run(continuation), this::returnToLoop);
        }
    }

    /** Runs code that belongs to the exchange. If it throws, the exchange fails. */
    public final void run(Runnable continuation) {
        try {
            continuation.run();
        } catch (Throwable ex) {
            failed(ex);
        }
    }

    /** Runs an action on the event loop after the runs that began before, unless called in one. */
    public final void onTime(Runnable action) {
        Hops begun = hops;
        if (begun == null) {
            action.run();
        } else {
            begun.onTime(eventLoop(), action);
        }
    }

    /** It has waited too long for a worker; false if its route's requests are never refused. */
    @Override
    public final boolean giveUp() {
        givenUp = permit.giveUp();
        if (givenUp) {
            over();
        }
        return givenUp;
    }

    @Override
    public final void abort(Throwable cause) {
        try {
            failed(cause);
        } finally {
            over();
        }
    }

    /** Returns whether the caller is the handler, at its first run, or failed to call it. */
    protected final boolean isWithin() {
        return running == Thread.currentThread() || (beginning && eventLoop().inEventLoop());
    }

    /** Something is there that the event loop has to look at. Any thread. */
    protected final void came() {
        if (!isWithin()) {
            returnToLoop();
        }
    }

    /**
     * Returns whether what is there takes effect now. On the event loop.
     *
     * @param late whether it came later than the first run of the handler, or from elsewhere
     */
    protected final boolean isDue(boolean late) {
        Hops begun = hops;
        return !away && !(late && (beginning || (begun != null && !begun.isOver(begun.ticket()))));
    }

    /**
     * Has the call learn of the loss of its connection when it is Reactor Netty's, as any work on a
     * core does; null when it has ended.
     */
    protected final void watchConnection(@Nullable Runnable action) {
        Onward way = onward;
        if (hops == null || way == null) {
            return;
        }
        if (action == null) {
            way.gate().forget(watching);
        } else {
            way.gate().onConnectionLost(action);
        }
        watching = action;
    }

    /** Returns whether its handler has left the event loop. */
    protected final boolean hasLeft() {
        return hops != null;
    }

    /** Returns whether it has not been handled, and will not be. */
    @Override
    public final boolean isRefused() {
        return givenUp;
    }

    @Override
    protected final void onLoop() {
        Onward way = onward;
        if (way != null && !beginning) {
            proceed(way);
        }
    }

    private void proceed(Onward way) {
        Hops begun = hops;
        int hopsFinished = begun == null ? 0 : begun.takeFinished();
        if (begun == null || hopsFinished == 0) {
            advance(way);
            return;
        }
        away = false;
        try {
            advance(way);
        } finally {
            begun.end(hopsFinished);
        }
        advance(way);
        begun.runWaiting();
    }

    /** Has the call settled as far as it got. On the event loop. */
    protected final void settle() {
        Onward way = onward;
        if (way != null) {
            way.settle(this);
        }
    }

    private void advance(Onward way) {
        way.settle(this);
        deliver();
    }

    @Override
    public final RoutePlacement placement() {
        return placement;
    }

    @Override
    public final boolean isOrdered() {
        return shard != null;
    }

    @Override
    public final boolean isEssential() {
        return permit.route().isEssential();
    }
}
