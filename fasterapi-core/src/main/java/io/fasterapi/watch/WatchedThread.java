package io.fasterapi.watch;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thread as the watchdog sees it, from look to look. Owned by the watchdog's thread. */
final class WatchedThread {

    /*
     * Time is counted as long as the thread's mark stays the same while a call is running, or, on
     * an event loop, while a heartbeat is on its way. Any sign of life starts it anew: a call that
     * begins or ends, a heartbeat that came back. So it begins at the first look that finds the
     * thread in its present state, never before that state began. A thread that is found without
     * code of the application, or at what the JVM does once, is given its time anew.
     */
    private final Activity activity;
    private final StallCounters counters;
    private final long limitNanos;
    private final @Nullable LoopBeat beat;
    private final StallListener listener;

    private long mark = -1;
    private long heldNanos;
    private boolean resting;
    private @Nullable Stall stall;

    /**
     * Creates the view of a thread.
     *
     * @param limitNanos what is longer is a stall
     * @param beat the heartbeat of an event loop; null for a core
     */
    WatchedThread(
            Activity activity,
            StallCounters counters,
            long limitNanos,
            @Nullable LoopBeat beat,
            StallListener listener) {
        this.activity = activity;
        this.counters = counters;
        this.limitNanos = limitNanos;
        this.beat = beat;
        this.listener = listener;
    }

    /**
     * Looks at the thread.
     *
     * @param passedNanos what counts of the time since the last look
     * @return false if there is nothing left to look at: the event loop has ended
     */
    boolean look(long passedNanos) {
        long seen = activity.mark();
        boolean cameRound = beat != null && beat.cameRound();
        resting = seen == mark && !Activity.isRunning(seen);
        HeldTime time = activity.heldTime();
        if (seen != mark || cameRound) {
            goesOn();
            mark = seen;
            if (time != null) {
                time.begin();
            }
        } else if (Activity.isRunning(seen) || (beat != null && beat.isOutstanding())) {
            heldNanos += time == null ? passedNanos : time.nanos(passedNanos);
            if (stall == null && heldNanos >= limitNanos) {
                stall = report(seen);
            }
        }
        counters.running(heldNanos);
        return beat == null || beat.send(passedNanos);
    }

    /** Returns whether the thread did nothing before the last look and was asked nothing by it. */
    boolean isResting() {
        return resting && (beat == null || !beat.isOutstanding());
    }

    private void goesOn() {
        Stall over = stall;
        if (over != null) {
            stall = null;
            counters.ended(heldNanos);
            listener.ended(over, Duration.ofNanos(heldNanos));
        }
        heldNanos = 0;
    }

    /** Returns what was found; null if it is no stall. */
    private @Nullable Stall report(long seen) {
        Object route = Activity.isRunning(seen) ? resolved(activity.route()) : null;
        Thread thread = activity.thread();
        List<StackTraceElement> stack =
                thread == null ? List.of() : List.of(thread.getStackTrace());
        boolean wentOn = activity.mark() != seen;
        if (wentOn && Activity.isRunning(seen)) {
            stack = List.of(); // the call ended meanwhile: it is the stack of something else
        } else if (wentOn || Frames.isOfTheJvm(stack) || Frames.ofApplication(stack) == null) {
            heldNanos = 0;
            return null;
        }
        Stall found =
                new Stall(
                        beat != null, counters.thread(), route, Duration.ofNanos(heldNanos), stack);
        counters.stalled();
        listener.stalled(found);
        return found;
    }

    private static @Nullable Object resolved(@Nullable Object route) {
        if (!(route instanceof LateRoute late)) {
            return route;
        }
        try {
            return late.resolve();
        } catch (RuntimeException unknown) {
            return late.getClass().getSimpleName();
        }
    }
}
