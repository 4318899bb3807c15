package io.fasterapi.netty;

import io.fasterapi.admission.Admission;
import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.admission.EventLoopLag;
import io.fasterapi.admission.RequestPermit;
import io.fasterapi.core.CoreTask;
import io.fasterapi.core.HandlerCore;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.core.LoopReturn;
import io.fasterapi.core.ThreadWorkers;
import io.fasterapi.core.Worker;
import io.fasterapi.placement.DrainEstimate;
import io.fasterapi.placement.DrainTime;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.Refused;
import io.fasterapi.placement.RouteLoad;
import io.fasterapi.placement.RoutePlacement;
import io.fasterapi.watchdog.Activity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * What runs exchanges that leave their event loop.
 *
 * @param cores the handler cores
 * @param threads a thread for each exchange
 * @param admission decides which of them are served
 */
public record Workers(HandlerCores cores, ThreadWorkers threads, Admission admission) {

    private static final String WITHIN = Workers.class.getName() + ".WITHIN";

    /** Returns the queues that may refuse, by the cause for which they do; for each server once. */
    public static Map<Refused, DrainTime> queues(
            HandlerCores cores,
            ThreadWorkers threads,
            ConcurrencyLimiter limiter,
            EventLoopLag loops) {
        List<DrainTime> rings = new ArrayList<>();
        for (HandlerCore core : cores.cores()) {
            rings.add(new DrainEstimate(core::depth, core.counters()::taken));
        }
        DrainTime ring = DrainTime.ofLongest(rings);
        DrainTime thread = new DrainEstimate(threads::running, threads::ended);
        return Map.of(
                Refused.RING_FULL,
                ring,
                Refused.WAITED, // in either
                DrainTime.ofLongest(List.of(ring, thread)),
                Refused.NO_THREAD,
                thread,
                Refused.LIMIT,
                limiter.drain(),
                Refused.LOOP_BUSY,
                loops::roundNanos);
    }

    /** Marks the context of what handles a request on behalf of an exchange that has begun. */
    public static Context withinExchange(Context context) {
        return context.put(WITHIN, true);
    }

    /** Returns whether an exchange has begun: it is neither counted nor refused again. */
    public static boolean isWithinExchange(ContextView context) {
        return context.hasKey(WITHIN);
    }

    /**
     * Returns the permit of an exchange that has just arrived.
     *
     * @param operations Reactor Netty's request and response, which are one object
     */
    public RequestPermit permit(HttpServerResponse operations, RouteLoad load) {
        return admission.permit(load, ((HttpServerRequest) operations).requestHeaders());
    }

    /**
     * Gives an exchange to a worker; an essential one that finds its ring full gets a thread of its
     * own. On the exchange's event loop.
     *
     * @param where CORE or VIRTUAL
     * @param shard the one core that may run it, or null if any may
     * @return false if there is no room, which is counted
     */
    public <T extends LoopReturn & CoreTask> boolean dispatch(
            Placement where, @Nullable HandlerCore shard, RouteLoad load, T exchange) {
        if (shard != null) {
            if (cores.dispatchTo(shard, exchange, exchange.eventLoop())) {
                return true;
            }
            load.refuse(Refused.RING_FULL); // also an essential one: another core may not run it
            return false;
        }
        boolean core = where == Placement.CORE;
        if (core && cores.dispatch(exchange, exchange.eventLoop())) {
            return true;
        }
        if ((!core || load.isEssential()) && threads.dispatch(exchange)) {
            return true;
        }
        load.refuse(core ? Refused.RING_FULL : Refused.NO_THREAD);
        return false;
    }

    /**
     * Runs a call on its event loop, where the watchdog sees it.
     *
     * @param route what the watchdog calls it
     */
    public static void runInline(Object route, RoutePlacement placement, Runnable call) {
        Activity activity = Activity.current();
        Object outer = activity.begin(route);
        try {
            placement.run(Placement.INLINE, call);
        } finally {
            activity.end(outer);
        }
    }

    /** Returns the placement that a worker belongs to. */
    public static Placement placeOf(Worker worker) {
        return worker instanceof HandlerCore ? Placement.CORE : Placement.VIRTUAL;
    }
}
