package io.fasterapi.core;

import io.fasterapi.placement.RoutePlacement;
import io.fasterapi.watchdog.WaitingTime;
import org.jspecify.annotations.Nullable;

/**
 * Tells from look to look whether a core's present call waits. The route of the call learns of it
 * once per call. The looking thread owns it.
 */
final class WaitingCall {

    /** Before this time, looking at the thread is not worth its system calls. */
    private static final long WORTHWHILE_NANOS = 1_000_000;

    private final HandlerCore core;
    private long item = WaitingSlots.IDLE;
    private @Nullable WaitingTime time;
    private boolean waits;

    WaitingCall(HandlerCore core) {
        this.core = core;
    }

    /**
     * Looks at the core.
     *
     * @param passedNanos how much time since the last look counts
     * @return whether the core is at a call that waits
     */
    boolean look(long nowNanos, long passedNanos) {
        RouteMoves moves = core.queue().moves();
        long at = moves.itemNanos();
        if (at != item) {
            item = at;
            waits = false;
            time = null;
        }
        if (at == WaitingSlots.IDLE || waits) {
            return waits;
        }
        WaitingTime known = time;
        if (known == null) {
            if (nowNanos - at >= WORTHWHILE_NANOS) {
                time = core.activity().waitingTime();
                if (time != null) {
                    time.begin();
                }
            }
        } else if (known.waits(passedNanos)) {
            RoutePlacement route = moves.running();
            waits = moves.itemNanos() == item; // else that may be of another call
            if (waits && route != null) {
                route.waits(nowNanos - item);
            }
        }
        return waits;
    }
}
