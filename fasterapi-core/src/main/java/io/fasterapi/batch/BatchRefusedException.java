package io.fasterapi.batch;

import java.util.Locale;

/**
 * An item was refused: the batch function has not seen it and will not. The exception carries no
 * stack trace, because no user code failed.
 */
public final class BatchRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why an item was refused. */
    public enum Cause {

        /** The queue was full. */
        QUEUE_FULL,

        /** The item had waited longer than clients do, under lasting overload. */
        WAITED,

        /** The item's deadline had passed when its turn came. */
        DEADLINE,

        /** The batcher was closed. */
        CLOSED;

        /** Returns the name as it is written in reports, for example {@code queue-full}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Cause reason;
    private final long drainNanos;

    BatchRefusedException(String batcher, Cause reason, long drainNanos) {
        super("batcher " + batcher + " refused an item: " + reason.label(), null, false, false);
        this.reason = reason;
        this.drainNanos = drainNanos;
    }

    /** Returns why the item was refused. */
    public Cause reason() {
        return reason;
    }

    /**
     * Returns an estimate of how many nanoseconds the batcher needs for the items that wait now.
     */
    public long drainNanos() {
        return drainNanos;
    }
}
