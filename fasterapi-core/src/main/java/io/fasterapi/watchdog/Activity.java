package io.fasterapi.watchdog;

import io.netty.util.concurrent.FastThreadLocal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What one thread does now. Only that thread writes it; a {@link Watchdog} reads it. To begin and
 * end a call costs no clock, no lock and no object.
 */
public final class Activity {

    /*
     * `mark` changes whenever a call begins or ends, or the thread gives another sign of life. Its
     * lowest bit tells whether a call runs. A watchdog that finds the same mark again knows that
     * nothing has happened in between. So only the watchdog reads the clock.
     *
     * The route stays after its call has ended. The next call usually has the same route and then
     * stores no reference (which would cost a card mark and, with G1, a fence). The route is stored
     * before the mark, both with release. A reader that sees the same mark before and after reading
     * the route has the route of that mark.
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

    /** Only the record's thread uses it. */
    private @Nullable Runnable due;

    /** Creates the record of a future thread, which must call {@link #attach} first. */
    public Activity() {}

    /** Returns the record of the calling thread. */
    public static Activity current() {
        return CURRENT.get();
    }

    /** Makes this the record of the calling thread only. */
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
     * @param next names the call. It is kept until a call with another name begins, so it should
     *     live as long as the application: a route, never a request
     * @return the argument for {@link #end}: the enclosing call, or null
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
     * A call ends, successfully or not. On the record's thread.
     *
     * @param outer the result of {@link #begin}
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
     * Sets a short task that runs before the next call begins, because that call may take long. On
     * the record's thread.
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

    /** Returns whether a call runs. On the record's thread. */
    public boolean isRunning() {
        return isRunning(mark);
    }

    /** Gives a sign of life, between two calls or within one. On the record's thread. */
    public void pass() {
        MARK.setRelease(this, mark + STEP);
    }

    /**
     * Renames the running call of the calling thread once more is known about it. Does nothing if
     * no call runs. The caller must restore the old name before the call ends.
     */
    public static void rename(Object route) {
        Activity present = CURRENT.getIfExists();
        if (present != null && (present.mark & RUNNING) != 0) {
            ROUTE.setRelease(present, route);
        }
    }

    /** Returns a number that changes with every sign of life of the thread. */
    long mark() {
        return (long) MARK.getAcquire(this);
    }

    /** Returns whether a call ran when the mark was read. */
    static boolean isRunning(long mark) {
        return (mark & RUNNING) != 0;
    }

    /** Returns the name of the last call that began. */
    @Nullable Object route() {
        return ROUTE.getAcquire(this);
    }

    /** Starts to measure how long the thread is held. On the record's thread. */
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

    /** Returns that measure, or null if there is none. */
    @Nullable HeldTime heldTime() {
        return heldTime;
    }

    /**
     * Returns the measure of whether the thread's call waits, or null if there is none. One thread
     * at a time may use it.
     */
    public @Nullable WaitingTime waitingTime() {
        return waitingTime;
    }

    /** Returns the thread, or null if it has not attached yet. */
    @Nullable Thread thread() {
        return thread;
    }
}
