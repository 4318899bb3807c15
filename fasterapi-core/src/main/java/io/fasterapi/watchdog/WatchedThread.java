package io.fasterapi.watchdog;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The watchdog's view of one thread, from look to look. The watchdog's thread owns it. */
final class WatchedThread {

    /*
     * Time counts while the mark stays the same and either a call runs or, on an event loop, a
     * heartbeat is under way. Any sign of life starts the count again: a call that begins or ends,
     * or a heartbeat that came back. So the count begins at the first look that finds the thread in
     * its present state, never before that state began. The count also starts again if the thread
     * is found without code of the application, or in something that the JVM does once.
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
     * @param limitNanos a stall is longer than this
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
     * @param passedNanos how much time since the last look counts
     * @return false if the event loop has ended
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

    /** Returns whether the thread did nothing before the last look and has no heartbeat to run. */
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

    /** Returns the stall that was found, or null if it is none. */
    private @Nullable Stall report(long seen) {
        Object route = Activity.isRunning(seen) ? resolved(activity.route()) : null;
        Thread thread = activity.thread();
        List<StackTraceElement> stack =
                thread == null ? List.of() : List.of(thread.getStackTrace());
        boolean wentOn = activity.mark() != seen;
        if (wentOn && Activity.isRunning(seen)) {
            stack = List.of(); // the call has ended: this is the stack of other code
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
