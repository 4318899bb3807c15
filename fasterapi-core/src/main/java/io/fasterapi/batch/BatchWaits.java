package io.fasterapi.batch;

import io.fasterapi.cores.WaitLimits;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The limit on how long items wait, and the clock that measures it. Immutable.
 *
 * @param limits null if only the number of items is limited
 * @param lost returns the time that the JVM had lost in pauses by a moment, in nanoseconds
 * @param clock returns the present moment in nanoseconds
 */
record BatchWaits(@Nullable WaitLimits limits, LongUnaryOperator lost, LongSupplier clock) {

    static BatchWaits none() {
        return of(WaitLimits.none(), moment -> 0, System::nanoTime);
    }

    /** Without a limit, pauses are not asked for. */
    static BatchWaits of(WaitLimits limits, LongUnaryOperator lost, LongSupplier clock) {
        return limits.equals(WaitLimits.none())
                ? new BatchWaits(null, moment -> 0, clock)
                : new BatchWaits(limits, lost, clock);
    }

    long nowNanos() {
        return clock.getAsLong();
    }
}
