package io.fasterapi.bench.peers.shared;

/**
 * The work of {@code GET /slow}: a fixed number of steps, the same for every server. Any thread may
 * do it; a few milliseconds of CPU.
 */
public final class Work {

    private static final int STEPS = 4_500_000;

    private Work() {}

    /** Computes, and answers with what came out, so that nothing can be left out. */
    public static String done() {
        long value = 1;
        for (int i = 0; i < STEPS; i++) {
            value = value * 6364136223846793005L + 1442695040888963407L;
        }
        return Long.toHexString(value);
    }
}
