package io.fasterapi.core;

import org.jspecify.annotations.Nullable;

/**
 * Predicts which calls may take long, from the last calls of their kind. The core's thread owns it.
 * Its size is fixed.
 */
final class LongCalls {

    /*
     * A hash table of PLACES kinds; each kind has PROBES possible places. A kind that is not in the
     * table counts as long. That only costs an extra task for the event loop. A long call makes its
     * kind count as long for the next LINGER calls.
     */
    private static final int PLACES = 256;
    private static final int PROBES = 4;
    private static final int LINGER = 16;

    private final long limitNanos;
    private final @Nullable Object[] kinds = new Object[PLACES];
    private final int[] left = new int[PLACES];

    /**
     * Creates an empty table.
     *
     * @param limitNanos a call this long, or longer, is long
     */
    LongCalls(long limitNanos) {
        this.limitNanos = limitNanos;
    }

    /** Returns whether the next call of a kind may take long. */
    boolean mayBe(Object kind) {
        int at = find(kind);
        return kinds[at] != kind || left[at] > 0;
    }

    /** Records how long a call of a kind took. */
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

    /** Returns the place of a kind, or the place where it must go. */
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
