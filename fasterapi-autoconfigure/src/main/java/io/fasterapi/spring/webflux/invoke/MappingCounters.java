package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.spring.webflux.route.Lane;
import io.fasterapi.spring.webflux.route.LaneRestriction.Reason;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Counts the requests of one mapping by the lane that served them, and those that left the planned
 * lane by reason. Logs once if none of the last {@value #MANY} requests took the planned lane.
 * Thread-safe.
 */
public final class MappingCounters {

    static final int MANY = 100;

    /**
     * After this many results in a row that only WebFlux can write, the direct lane is closed for a
     * while.
     */
    static final int UNUSUAL = 16;

    /** This many requests go to WebFlux then, before one tries the direct lane again. */
    static final int RESTING = 1_000;

    private static final Log LOGGER = LogFactory.getLog(MappingCounters.class);

    private final LaneCounters all;
    private final Lane planned;
    private final LongAdder[] lanes = LaneCounters.zeros(Lane.values().length);
    private final LongAdder[] reasons = LaneCounters.zeros(Reason.values().length);

    /*
     * These are not exact if threads meet. They only decide when a line is logged, and which of two
     * right ways a request takes.
     */
    private int slowerInARow;
    private boolean said;
    private int unusualInARow;
    private int resting;

    /**
     * Creates counters at zero.
     *
     * @param all also counts everything
     * @param planned the lane that the mapping is planned for
     */
    public MappingCounters(LaneCounters all, Lane planned) {
        this.all = all;
        this.planned = planned;
    }

    void served(Lane lane) {
        all.served(lane);
        lanes[lane.ordinal()].increment();
        if (lane == planned && slowerInARow != 0) {
            slowerInARow = 0;
            unusualInARow = 0;
        }
    }

    /** Returns whether the direct lane is closed for a while, because results were unusual. */
    boolean isResting() {
        return resting > 0;
    }

    /** A slower lane than the planned one has served a request. */
    void served(Lane lane, Reason reason, Object mapping) {
        served(lane);
        if (lane == planned) {
            return;
        }
        reasons[reason.ordinal()].increment();
        if (reason == Reason.VALUE) {
            unusual();
        }
        int row = ++slowerInARow;
        if (row >= MANY && !said) {
            said = true;
            LOGGER.warn(
                    "FasterAPI: "
                            + mapping
                            + " is planned for the lane "
                            + planned.label()
                            + ", but its last "
                            + MANY
                            + " requests took a slower one. Requests by reason: "
                            + reasons());
        }
    }

    private void unusual() {
        if (resting > 0) {
            resting--;
        } else if (++unusualInARow >= UNUSUAL) {
            resting = RESTING;
        }
    }

    /** Returns how many requests a lane has served. */
    public long calls(Lane lane) {
        return lanes[lane.ordinal()].sum();
    }

    /** Returns how many requests each lane has served. Lanes without requests are left out. */
    public Map<String, Long> calls() {
        Map<String, Long> found = new TreeMap<>();
        for (Lane lane : Lane.values()) {
            if (calls(lane) > 0) {
                found.put(lane.label(), calls(lane));
            }
        }
        return found;
    }

    /** Returns how many requests left the planned lane by reason. Other reasons are left out. */
    public Map<String, Long> reasons() {
        Map<String, Long> found = new TreeMap<>();
        for (Reason reason : Reason.values()) {
            long count = reasons[reason.ordinal()].sum();
            if (count > 0) {
                found.put(reason.text(""), count);
            }
        }
        return found;
    }
}
