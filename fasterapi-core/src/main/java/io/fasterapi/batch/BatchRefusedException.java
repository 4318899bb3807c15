package io.fasterapi.batch;

import java.util.Locale;

/** The item was not handled, and will not be. Carries no stack: nothing failed in user code. */
public final class BatchRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why an item was refused. */
    public enum Cause {

        /** As many items waited as may. */
        QUEUE_FULL,

        /** It had waited for longer than clients do, under lasting overload. */
        WAITED,

        /** Its deadline had passed when its turn came. */
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

    /** Returns how long the batcher takes for what waits, in nanoseconds, as far as it knows. */
    public long drainNanos() {
        return drainNanos;
    }
}
