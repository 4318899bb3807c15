package io.fasterapi.batch;

/** What a stress test sees of a batcher; here because it is no public API. */
public final class StressedBatcher {

    private StressedBatcher() {}

    /** Returns how many groups a batcher keeps. */
    public static int groups(Batcher<?, ?> batcher) {
        return batcher.groups();
    }
}
