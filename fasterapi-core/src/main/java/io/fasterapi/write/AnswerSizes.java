package io.fasterapi.write;

/**
 * The size of a route's last answers, so that its next buffer is large enough at once. Shared by
 * all threads without synchronisation: a lost or stale value only costs a resized buffer.
 */
public final class AnswerSizes {

    private static final int FIRST_BYTES = 256;

    private int expected = FIRST_BYTES;

    /** Returns the bytes to allocate. */
    public int expected() {
        return expected;
    }

    /** Learns from an answer: grows at once, shrinks slowly. */
    public void answered(int bytes) {
        int known = expected;
        if (bytes > known) {
            expected = bytes + (bytes >> 3);
        } else if (bytes < known >> 2 && known > FIRST_BYTES) {
            expected = Math.max(FIRST_BYTES, known - (known >> 3));
        }
    }
}
