package io.fasterapi.exchange;

import java.util.concurrent.atomic.LongAdder;

/** Counts the exchanges that have begun and not yet ended. Thread-safe, without contention. */
public final class InFlight {

    private final LongAdder current = new LongAdder();

    /** An exchange has begun. */
    public void begin() {
        current.increment();
    }

    /** An exchange has ended: answered, refused, failed or given up by the client. */
    public void end() {
        current.decrement();
    }

    /** Returns how many exchanges are under way. */
    public long count() {
        return current.sum();
    }
}
