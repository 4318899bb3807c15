package io.fasterapi.cores;

import io.fasterapi.placement.RoutePlacement;
import io.fasterapi.watch.WaitingTime;
import org.jspecify.annotations.Nullable;

/**
 * What one core is at, from look to look: whether it is a call that waits. Its route learns of that
 * once a call. Owned by whoever looks.
 */
final class WaitingCall {

    /** From here on a look at the thread is worth its system calls. */
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
     * @param passedNanos what counts of the time since the last look
     * @return whether it is at a call that waits
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
