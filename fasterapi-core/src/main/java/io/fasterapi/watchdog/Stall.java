package io.fasterapi.watchdog;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stall: a thread has run the same call, or has not returned to its loop, for longer than its
 * limit. Immutable.
 *
 * @param eventLoop whether the thread is an event loop; otherwise it is a handler core
 * @param thread the thread's name
 * @param route the running call as its code named it ({@code Route} for fast routes); null if the
 *     thread is in no route
 * @param heldFor how long so far, at least
 * @param stack the stack at the time of the report, innermost frame first; empty if the call had
 *     just ended
 */
public record Stall(
        boolean eventLoop,
        String thread,
        @Nullable Object route,
        Duration heldFor,
        List<StackTraceElement> stack) {

    /** The result of {@link #name()} without a route and without a frame of the application. */
    public static final String NO_ROUTE = "no route";

    public Stall {
        stack = List.copyOf(stack);
    }

    /** Returns the innermost frame of the application's own code, or null if there is none. */
    public @Nullable StackTraceElement frame() {
        return Frames.ofApplication(stack);
    }

    /**
     * Returns what holds the thread, for logs: the route, or the application's frame, or {@link
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
