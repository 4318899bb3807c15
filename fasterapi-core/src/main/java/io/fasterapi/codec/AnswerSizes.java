package io.fasterapi.codec;

/**
 * Learns how large a route's answers are, so that the next buffer is large enough from the start.
 * All threads share it without synchronisation: a lost or stale value only costs one resized
 * buffer.
 */
public final class AnswerSizes {

    private static final int FIRST_BYTES = 256;

    private int expected = FIRST_BYTES;

    /** Returns how many bytes to allocate. */
    public int expected() {
        return expected;
    }

    /** Learns the size of an answer. The estimate grows at once and shrinks slowly. */
    public void answered(int bytes) {
        int known = expected;
        if (bytes > known) {
            expected = bytes + (bytes >> 3);
        } else if (bytes < known >> 2 && known > FIRST_BYTES) {
            expected = Math.max(FIRST_BYTES, known - (known >> 3));
        }
    }
}
