package io.fasterapi.batch;

import io.fasterapi.core.QueueTimeLimit;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The limit on how long items wait, and the clock that measures it. Immutable.
 *
 * @param limit null if only the number of items is limited
 * @param lost returns the time that the JVM had lost in pauses by a moment, in nanoseconds
 * @param clock returns the present moment in nanoseconds
 */
record BatchWaits(@Nullable QueueTimeLimit limit, LongUnaryOperator lost, LongSupplier clock) {

    static BatchWaits none() {
        return of(QueueTimeLimit.none(), moment -> 0, System::nanoTime);
    }

    /** Without a limit, pauses are not asked for. */
    static BatchWaits of(QueueTimeLimit limit, LongUnaryOperator lost, LongSupplier clock) {
        return limit.equals(QueueTimeLimit.none())
                ? new BatchWaits(null, moment -> 0, clock)
                : new BatchWaits(limit, lost, clock);
    }

    long nowNanos() {
        return clock.getAsLong();
    }
}
