package io.fasterapi.exchange;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts exchanges: those that have begun, those that have ended, and among these the ones that
 * ended without an answer. Thread-safe, without contention.
 */
public final class InFlight {

    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final LongAdder unanswered = new LongAdder();

    /** An exchange has begun. */
    public void begin() {
        begun.increment();
    }

    /** An exchange has ended with an answer, a refusal included. */
    public void end() {
        ended.increment();
    }

    /** An exchange has ended because its connection was lost before it was answered. */
    public void endUnanswered() {
        unanswered.increment();
        ended.increment();
    }

    /** Returns how many exchanges are under way. */
    public long count() {
        long over = ended.sum();
        return begun.sum() - over;
    }

    /** Returns how many exchanges have begun. */
    public long begun() {
        return begun.sum();
    }

    /** Returns how many exchanges lost their connection before they were answered. */
    public long unanswered() {
        return unanswered.sum();
    }
}
