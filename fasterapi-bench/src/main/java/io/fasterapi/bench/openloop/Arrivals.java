package io.fasterapi.bench.openloop;

/**
 * The intended times of one share's requests: evenly spaced, whatever became of those before. Owned
 * by the share's event loop.
 */
final class Arrivals {

    private static final double NANOS = 1e9;

    /*
     * Request m of a stream is due (m + phase) intervals after the start, with a phase between 0 and
     * 1: no request falls on the edge between warming up and counting, so that rate times seconds are
     * counted exactly, and streams of equal rates do not send at the same instant. Times are computed
     * from m, never added up: no error accumulates. Of n shares the one with index j has the requests
     * j, j + n, j + 2n and so on.
     */
    private final long start;
    private final double interval;
    private final double phase;
    private final int step;
    private final long end;
    private long next;

    /**
     * Begins with the first request of a share.
     *
     * @param start {@link System#nanoTime()} at which the stream begins
     * @param stream gives the rate
     * @param seconds how long the stream goes on, in seconds
     * @param phase where in its interval each request is due, above 0 and below 1
     * @param share index of the share
     * @param shares how many there are
     */
    Arrivals(
            long start, RequestStream stream, double seconds, double phase, int share, int shares) {
        assert phase > 0 && phase < 1 : "phase: " + phase + " (expected: above 0, below 1)";
        this.start = start;
        this.interval = NANOS / stream.perSecond();
        this.phase = phase;
        this.step = shares;
        this.end = (long) Math.ceil(seconds * stream.perSecond() - phase);
        this.next = share;
    }

    boolean hasNext() {
        return next < end;
    }

    /** {@link System#nanoTime()} at which the next request is due. */
    long due() {
        return start + (long) ((next + phase) * interval);
    }

    void advance() {
        next += step;
    }
}
