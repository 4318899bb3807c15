package io.fasterapi.placement;

/**
 * A limit that never changes. Immutable.
 *
 * @param now the most requests, at least 1
 */
record FixedLimit(int now) implements ConcurrencyLimit {

    FixedLimit {
        if (now < 1) {
            throw new IllegalArgumentException("limit: " + now + " (expected: >= 1)");
        }
    }

    @Override
    public boolean isLearning() {
        return false;
    }

    @Override
    public void ended(long begunNanos, long nanos, int underWay, boolean failed) {
        // Never called, because isLearning is false.
    }
}
