package io.fasterapi.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The moment at which the answer to a request is due. A request that misses it gets 503. Handlers
 * that return a publisher find it in the Reactor context and can pass the time left to the services
 * they call. Immutable.
 */
public final class Deadline {

    private final long dueNanos;

    private Deadline(long dueNanos) {
        this.dueNanos = dueNanos;
    }

    /** Returns a deadline that lies the given time after now. */
    public static Deadline after(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /**
     * Returns the deadline in the Reactor context of a request, or null if the request has none.
     */
    public static @Nullable Deadline of(ContextView context) {
        return context.getOrDefault(Deadline.class, null);
    }

    /** Returns a copy of the context that also holds this deadline. */
    public Context in(Context context) {
        return context.put(Deadline.class, this);
    }

    /** Returns the time left, or zero if the deadline has passed. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, dueNanos - System.nanoTime()));
    }

    /** Returns whether the deadline has passed. */
    public boolean isOver() {
        return System.nanoTime() - dueNanos >= 0;
    }

    @Override
    public String toString() {
        return "due in " + remaining();
    }
}
