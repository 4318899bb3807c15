package io.fasterapi.bench.peers.shared;

/**
 * The work of {@code GET /slow}: a fixed number of steps, the same for every server. Any thread may
 * do it; a few milliseconds of CPU.
 */
public final class Work {

    private static final int STEPS = 2_500_000;

    private Work() {}

    /** Computes, and answers with what came out, so that nothing can be left out. */
    public static String done() {
        long value = 1;
        for (int i = 0; i < STEPS; i++) {
            // Shifts, since a compiler makes one multiplication of many by constants.
            value ^= value << 13;
            value ^= value >>> 7;
            value ^= value << 17;
        }
        return Long.toHexString(value);
    }
}
