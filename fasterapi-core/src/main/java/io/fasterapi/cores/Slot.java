package io.fasterapi.cores;

import org.jspecify.annotations.Nullable;

/**
 * One pre-allocated place of a ring. Owned by the publisher between claim and publication, by the
 * core until it is taken; empty in between, so that the ring keeps no request alive.
 */
final class Slot {

    private @Nullable CoreTask task;
    private long publishedAtNanos;

    void put(CoreTask work, long nowNanos) {
        assert task == null : "slot still holds: " + task;
        task = work;
        publishedAtNanos = nowNanos;
    }

    CoreTask take() {
        CoreTask taken = task;
        if (taken == null) {
            throw new IllegalStateException("slot: empty (expected: a published task)");
        }
        task = null;
        return taken;
    }

    long publishedAtNanos() {
        return publishedAtNanos;
    }
}
