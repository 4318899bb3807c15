package io.fasterapi.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * When the answer to a request is due: afterwards its client has got 503. Handlers that return a
 * publisher find it in the Reactor context, to tell the services that they call how long those may
 * take. Immutable.
 */
public final class Deadline {

    private final long dueNanos;

    private Deadline(long dueNanos) {
        this.dueNanos = dueNanos;
    }

    /** Returns the deadline at the end of a time from now. */
    public static Deadline after(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Returns the deadline of the request that a publisher belongs to, or null if it has none. */
    public static @Nullable Deadline of(ContextView context) {
        return context.getOrDefault(Deadline.class, null);
    }

    /** Returns a context that has the deadline, too. */
    public Context in(Context context) {
        return context.put(Deadline.class, this);
    }

    /** Returns what is left; zero if nothing is. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, dueNanos - System.nanoTime()));
    }

    /** Returns whether it has passed. */
    public boolean isOver() {
        return System.nanoTime() - dueNanos >= 0;
    }

    @Override
    public String toString() {
        return "due in " + remaining();
    }
}
