package io.fasterapi.batch;

import io.fasterapi.cores.WaitLimits;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How long items may wait, and in which time.
 *
 * @param limits null if only their number is bounded
 * @param lost returns how much time the JVM had lost in pauses by a moment
 * @param clock returns the moment; both in nanoseconds
 */
record BatchWaits(@Nullable WaitLimits limits, LongUnaryOperator lost, LongSupplier clock) {

    static BatchWaits none() {
        return of(WaitLimits.none(), moment -> 0, System::nanoTime);
    }

    /** Where there is no limit nothing else is asked. */
    static BatchWaits of(WaitLimits limits, LongUnaryOperator lost, LongSupplier clock) {
        return limits.equals(WaitLimits.none())
                ? new BatchWaits(null, moment -> 0, clock)
                : new BatchWaits(limits, lost, clock);
    }

    long nowNanos() {
        return clock.getAsLong();
    }
}
