package io.fasterapi.cores;

import org.jspecify.annotations.Nullable;

/**
 * Which calls may take long, by what the last ones of their kind took. Owned by the core's thread;
 * of a fixed size.
 */
final class LongCalls {

    /*
     * A hash table of PLACES kinds, each at one of PROBES places. A kind that is not there may take
     * long, as may one that found no room: that costs whoever asks a task for the event loop, no
     * more. One of that kind's calls that took long is remembered for the next LINGER.
     */
    private static final int PLACES = 256;
    private static final int PROBES = 4;
    private static final int LINGER = 16;

    private final long limitNanos;
    private final @Nullable Object[] kinds = new Object[PLACES];
    private final int[] left = new int[PLACES];

    /**
     * Creates a memory of nothing.
     *
     * @param limitNanos from here on a call is long
     */
    LongCalls(long limitNanos) {
        this.limitNanos = limitNanos;
    }

    /** Returns whether the next call of a kind may take long. */
    boolean mayBe(Object kind) {
        int at = find(kind);
        return kinds[at] != kind || left[at] > 0;
    }

    /** A call of a kind took so long. */
    void took(Object kind, long nanos) {
        int at = find(kind);
        if (kinds[at] != kind) {
            kinds[at] = kind;
            left[at] = 0;
        }
        if (nanos >= limitNanos) {
            left[at] = LINGER;
        } else if (left[at] > 0) {
            left[at]--;
        }
    }

    /** Returns where a kind is; if nowhere, where it has to go. */
    private int find(Object kind) {
        int home = System.identityHashCode(kind) & (PLACES - 1);
        for (int i = 0; i < PROBES; i++) {
            int at = (home + i) & (PLACES - 1);
            if (kinds[at] == kind || kinds[at] == null) {
                return at;
            }
        }
        return home;
    }
}
