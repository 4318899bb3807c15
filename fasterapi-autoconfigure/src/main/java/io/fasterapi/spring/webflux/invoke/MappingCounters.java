package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.spring.webflux.route.Lane;
import io.fasterapi.spring.webflux.route.LaneRestriction.Reason;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Counts the requests of one mapping by the lane that served them, and those that a slower lane
 * served than the planned one by the reason. Says so, once, where none of the last {@value #MANY}
 * took the planned lane. Thread-safe.
 */
public final class MappingCounters {

    static final int MANY = 100;

    /** So many results in a row that only WebFlux can write close the direct lane for a while. */
    static final int UNUSUAL = 16;

    /** So many requests go to WebFlux then, before one tries the direct lane again. */
    static final int RESTING = 1_000;

    private static final Log LOGGER = LogFactory.getLog(MappingCounters.class);

    private final LaneCounters all;
    private final Lane planned;
    private final LongAdder[] lanes = LaneCounters.zeros(Lane.values().length);
    private final LongAdder[] reasons = LaneCounters.zeros(Reason.values().length);

    /* Not exact where threads meet, and need not be: it decides when a line is logged,
    and which of two right ways a request takes. */
    private int slowerInARow;
    private boolean said;
    private int unusualInARow;
    private int resting;

    /**
     * Creates counters at zero.
     *
     * @param all where everything is counted, too
     * @param planned the lane that the mapping is said to have
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

    /** Tells whether the last results were so often unusual that the direct lane is to rest. */
    boolean isResting() {
        return resting > 0;
    }

    /** A slower lane than the planned one serves a request. */
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

    /** Returns how many requests a lane has served so far. */
    public long calls(Lane lane) {
        return lanes[lane.ordinal()].sum();
    }

    /** Returns how many requests each lane has served so far; only lanes that have. */
    public Map<String, Long> calls() {
        Map<String, Long> found = new TreeMap<>();
        for (Lane lane : Lane.values()) {
            if (calls(lane) > 0) {
                found.put(lane.label(), calls(lane));
            }
        }
        return found;
    }

    /** Returns how many requests left the planned lane, by reason; only reasons that occurred. */
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
