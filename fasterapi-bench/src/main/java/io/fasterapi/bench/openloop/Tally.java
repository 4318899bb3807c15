package io.fasterapi.bench.openloop;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What became of requests: counts, and latencies in nanoseconds from the intended time. Owned by
 * one event loop, and after the run by the thread that waited for it.
 *
 * <p>A request counts if its intended time lies in the window. An answer belongs to the second of
 * the window in which it came, whichever request it answers: so an answer to what was due before
 * the window is part of the throughput, and one that comes after the window is not.
 */
final class Tally {

    private static final long NANOS = 1_000_000_000;

    private final long from;
    private final long length;
    private final Second[] seconds;

    final Histogram ok = new Histogram(3);
    final Histogram refused = new Histogram(3);
    final Histogram late = new Histogram(3);
    long sent;
    long other;
    long timedOut;
    long dropped;
    long failed;

    /**
     * Creates an empty tally.
     *
     * @param from {@link System#nanoTime()} at which the window begins
     * @param length how long it is, in nanoseconds
     */
    Tally(long from, long length) {
        this.from = from;
        this.length = length;
        this.seconds = new Second[(int) ((length + NANOS - 1) / NANOS)];
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = new Second();
        }
    }

    /** One second of the window. */
    static final class Second {
        final Histogram ok = new Histogram(2);
        long refused;
    }

    private boolean counts(long intended) {
        return intended - from >= 0;
    }

    /** A request was due, and the generator noticed it {@code lateness} nanoseconds later. */
    void due(long intended, long lateness) {
        if (counts(intended)) {
            late.recordValue(lateness);
        }
    }

    /** A request was given to a connection. */
    void sent(long intended) {
        if (counts(intended)) {
            sent++;
        }
    }

    /** There was no room for a request to wait. */
    void dropped(long intended) {
        if (counts(intended)) {
            dropped++;
        }
    }

    /** A request had no answer in time, sent or still waiting. */
    void timedOut(long intended) {
        if (counts(intended)) {
            timedOut++;
        }
    }

    /** The connection of a request could not be opened, or broke before the answer was complete. */
    void failed(long intended) {
        if (counts(intended)) {
            failed++;
        }
    }

    /** An answer was complete at {@code now}. */
    void answered(long intended, long now, int status) {
        long latency = Math.max(0, now - intended);
        boolean success = status / 100 == 2;
        Second second = secondOf(now);
        if (second != null && success) {
            second.ok.recordValue(latency);
        } else if (second != null && status == 503) {
            second.refused++;
        }
        if (!counts(intended)) {
            return;
        }
        if (success) {
            ok.recordValue(latency);
        } else if (status == 503) {
            refused.recordValue(latency);
        } else {
            other++;
        }
    }

    private @Nullable Second secondOf(long now) {
        long at = now - from;
        return at >= 0 && at < length ? seconds[(int) (at / NANOS)] : null;
    }

    int seconds() {
        return seconds.length;
    }

    Second second(int index) {
        return seconds[index];
    }

    /** Answers of status 2xx that came in the window. */
    long okInWindow() {
        long sum = 0;
        for (Second second : seconds) {
            sum += second.ok.getTotalCount();
        }
        return sum;
    }

    /** Adds what another tally of the same window has. */
    void add(Tally that) {
        ok.add(that.ok);
        refused.add(that.refused);
        late.add(that.late);
        sent += that.sent;
        other += that.other;
        timedOut += that.timedOut;
        dropped += that.dropped;
        failed += that.failed;
        for (int i = 0; i < seconds.length; i++) {
            seconds[i].ok.add(that.seconds[i].ok);
            seconds[i].refused += that.seconds[i].refused;
        }
    }
}
