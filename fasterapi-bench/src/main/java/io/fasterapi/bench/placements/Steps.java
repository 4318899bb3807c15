package io.fasterapi.bench.placements;

/** How many steps of a computation this machine does. */
final class Steps {

    private static final int COUNT = 20_000_000;

    /** Steps per microsecond, measured once the loop is compiled. */
    static final long PER_MICRO = measure();

    private Steps() {}

    private static long measure() {
        long best = 1;
        for (int round = 0; round < 5; round++) {
            long begun = System.nanoTime();
            long value = begun;
            for (int i = 0; i < COUNT; i++) {
                value = value * 6364136223846793005L + 1442695040888963407L;
            }
            long took = System.nanoTime() - begun;
            best = Math.max(best, COUNT * 1_000L / Math.max(1, took));
            if (value == 0) {
                System.out.println(); // so that the loop is not taken away
            }
        }
        return best;
    }
}
