package io.fasterapi.watch;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A thread that has been at the same call, or has not come round, for longer than it may.
 * Immutable.
 *
 * @param eventLoop whether the thread is an event loop; else it is a handler core
 * @param thread the thread's name
 * @param route what it is at, as its code named it ({@code Route} for direct routes); null if it is
 *     within no route
 * @param heldFor how long so far, at least
 * @param stack where the thread was when this was found; empty if the call ended just then
 */
public record Stall(
        boolean eventLoop,
        String thread,
        @Nullable Object route,
        Duration heldFor,
        List<StackTraceElement> stack) {

    /** What stands for the route in {@link #name()} where there is none. */
    public static final String NO_ROUTE = "no route";

    public Stall {
        stack = List.copyOf(stack);
    }

    /** Returns the innermost frame of the application's own code; null if there is none. */
    public @Nullable StackTraceElement frame() {
        return Frames.ofApplication(stack);
    }

    /**
     * Returns what holds the thread, for logs: the route, else the application's frame, else {@link
     * #NO_ROUTE}.
     */
    public String name() {
        if (route != null) {
            return route.toString();
        }
        StackTraceElement frame = frame();
        return frame == null
                ? NO_ROUTE
                : frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber();
    }
}
