package io.fasterapi.cores;

import java.util.Arrays;

/**
 * Knows of pauses of the whole JVM: garbage collections, a suspended machine. Told of each of its
 * looks by one thread that looks every few milliseconds; asked by cores.
 */
public final class Pauses {

    /*
     * What has waited during a pause has not waited for its core: that time does not count, but the
     * rest does. (A busy machine holds up the thread that looks, too, once in a while: if any pause
     * excused all of a wait, the longest ones would never be too long.)
     */

    /** A look that comes later than this after the last was held up. */
    private static final long PAUSE_NANOS = 50_000_000;

    /** Pauses that are remembered. */
    private static final int MOST = 16;

    /**
     * One pause.
     *
     * @param begunNanos when the last look before it was
     * @param endNanos when it was over
     */
    private record Pause(long begunNanos, long endNanos) {}

    private volatile Pause[] last = {};
    private volatile boolean watched;
    private volatile long lookedAtNanos;

    /** The thread has looked. */
    public void looked() {
        looked(System.nanoTime());
    }

    void looked(long now) {
        long before = lookedAtNanos;
        if (watched && now - before > PAUSE_NANOS) {
            Pause[] known = last;
            int kept = Math.min(known.length, MOST - 1);
            Pause[] more = Arrays.copyOfRange(known, known.length - kept, known.length + 1);
            more[kept] = new Pause(before, now);
            last = more;
        }
        lookedAtNanos = now;
        watched = true;
    }

    /** Nobody looks any more. */
    public void unwatched() {
        watched = false;
        last = new Pause[0];
    }

    /** Returns for how long the JVM has paused since a moment, or seems to. */
    long since(long momentNanos, long nowNanos) {
        if (!watched) {
            return 0;
        }
        long paused = 0;
        for (Pause pause : last) {
            if (pause.endNanos() - momentNanos > 0) {
                paused += pause.endNanos() - later(pause.begunNanos(), momentNanos);
            }
        }
        long looked = lookedAtNanos;
        if (nowNanos - looked > PAUSE_NANOS) {
            paused += nowNanos - later(looked, momentNanos);
        }
        return paused;
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }
}
