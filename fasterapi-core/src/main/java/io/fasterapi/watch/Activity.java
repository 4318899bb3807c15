package io.fasterapi.watch;

import io.netty.util.concurrent.FastThreadLocal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What one thread is at. Written by that thread alone, read by a {@link Watchdog}. To begin and end
 * a call takes no clock, no lock and no object.
 */
public final class Activity {

    /*
     * `mark` changes whenever a call begins or ends, or the thread passes some other point; its
     * lowest bit says whether a call is running. A watchdog that finds the same mark again knows
     * that nothing happened in between, so the clock is read by the watchdog and never here.
     *
     * The route stays when its call has ended: the next call of the same route, which is the usual
     * case, then stores no reference (a card mark and, with G1, a fence). It is stored before the
     * mark, both with release; a reader that gets the same mark before and after it has read the
     * route has the route of that mark.
     */
    private static final long RUNNING = 1;

    private static final long STEP = 2;

    private static final VarHandle MARK;
    private static final VarHandle ROUTE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MARK = lookup.findVarHandle(Activity.class, "mark", long.class);
            ROUTE = lookup.findVarHandle(Activity.class, "route", Object.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private static final FastThreadLocal<Activity> CURRENT =
            new FastThreadLocal<>() {
                @Override
                protected Activity initialValue() {
                    Activity activity = new Activity();
                    activity.thread = Thread.currentThread();
                    return activity;
                }
            };

    private long mark;
    private @Nullable Object route;
    private volatile @Nullable Thread thread;
    private volatile @Nullable HeldTime heldTime;
    private volatile @Nullable WaitingTime waitingTime;

    /** Of the record's thread. */
    private @Nullable Runnable due;

    /** Creates the record of a thread that is yet to come; it calls {@link #attach} first. */
    public Activity() {}

    /** Returns the record of the calling thread. */
    public static Activity current() {
        return CURRENT.get();
    }

    /** Makes this the record of the calling thread, and of no other from now on. */
    public void attach() {
        thread = Thread.currentThread();
        CURRENT.set(this);
        timed();
        WaitingTime before = waitingTime;
        waitingTime = new WaitingTime();
        if (before != null) {
            before.close();
        }
    }

    /**
     * A call begins. On the record's thread.
     *
     * @param next names the call; kept until a call of another name begins, so it should live as
     *     long as the application: a route, never a request
     * @return what to give to {@link #end}: the call around this one, or null
     */
    public @Nullable Object begin(Object next) {
        assert Thread.currentThread() == thread
                : "not on its thread: " + Thread.currentThread() + " (expected: " + thread + ")";
        if (due != null) {
            runDue();
        }
        long now = mark;
        Object outer = (now & RUNNING) == 0 ? null : route;
        if (route != next) {
            ROUTE.setRelease(this, next);
        }
        MARK.setRelease(this, (now | RUNNING) + STEP);
        return outer;
    }

    /**
     * The call ends, whatever became of it. On the record's thread.
     *
     * @param outer what {@link #begin} returned
     */
    public void end(@Nullable Object outer) {
        long now = mark;
        if (outer == null) {
            MARK.setRelease(this, (now & ~RUNNING) + STEP);
            return;
        }
        if (route != outer) {
            ROUTE.setRelease(this, outer);
        }
        MARK.setRelease(this, now + STEP);
    }

    /**
     * Has something short run before the next call begins, which may take long. On the record's
     * thread.
     */
    public void beforeNext(Runnable task) {
        if (due != task) {
            runDue();
            due = task;
        }
    }

    private void runDue() {
        Runnable task = due;
        due = null;
        if (task != null) {
            task.run();
        }
    }

    /** Returns whether a call is running. On the record's thread. */
    public boolean isRunning() {
        return isRunning(mark);
    }

    /** A sign of life between two calls or within one. On the record's thread. */
    public void pass() {
        MARK.setRelease(this, mark + STEP);
    }

    /**
     * Names the running call of the calling thread anew, once more is known of it; does nothing on
     * a thread that runs none. Whoever does this names it back before the call ends.
     */
    public static void rename(Object route) {
        Activity present = CURRENT.getIfExists();
        if (present != null && (present.mark & RUNNING) != 0) {
            ROUTE.setRelease(present, route);
        }
    }

    /**
     * Returns a number that differs from an earlier one if the thread gave a sign of life since.
     */
    long mark() {
        return (long) MARK.getAcquire(this);
    }

    /** Returns whether a call is running at a mark. */
    static boolean isRunning(long mark) {
        return (mark & RUNNING) != 0;
    }

    /** Returns the name of the last call that began. */
    @Nullable Object route() {
        return ROUTE.getAcquire(this);
    }

    /** From now on it can be told what the thread is to blame for. On the record's thread. */
    Activity timed() {
        timedBy(new HeldTime());
        return this;
    }

    void timedBy(HeldTime time) {
        HeldTime before = heldTime;
        heldTime = time;
        if (before != null) {
            before.close();
        }
    }

    /** Returns what tells that; null if nothing does. */
    @Nullable HeldTime heldTime() {
        return heldTime;
    }

    /**
     * Returns what tells whether its call waits; null if nothing does. Whoever looks at the thread
     * in that way does so alone.
     */
    public @Nullable WaitingTime waitingTime() {
        return waitingTime;
    }

    /** Returns the thread, or null before it has come. */
    @Nullable Thread thread() {
        return thread;
    }
}
