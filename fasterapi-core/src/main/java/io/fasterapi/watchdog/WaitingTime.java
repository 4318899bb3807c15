package io.fasterapi.watchdog;

/**
 * Tells from look to look whether the call of one thread waits. That thread creates it; one other
 * thread uses it.
 */
public final class WaitingTime {

    /*
     * Each look finds the thread in the same call as the last one. If the thread neither runs nor
     * is ready now, the time since the last look counts as waiting, less its CPU time and its time
     * on the run queue. Linux gives the state of the thread, because for the JVM a thread that
     * waits for a socket is runnable. On other systems the JVM gives it.
     */

    /** From this time on a call waits: almost two looks that are 5 ms apart. */
    public static final long ENOUGH_NANOS = 9_000_000;

    private final HeldTime time;
    private long passed;
    private long waited;

    WaitingTime() {
        this(new HeldTime());
    }

    WaitingTime(HeldTime time) {
        this.time = time;
    }

    /** The thread is in another call. Counting starts again. */
    public void begin() {
        passed = 0;
        waited = 0;
        time.begin();
    }

    /**
     * Looks at the same call again.
     *
     * @param passedNanos how much time since the last look counts
     * @return whether the call waits: it has waited for {@link #ENOUGH_NANOS}, and for most of the
     *     time since it was found, and not for something that the JVM does once
     */
    public boolean waits(long passedNanos) {
        passed += passedNanos;
        waited += time.waitedNanos(passedNanos);
        if (waited < ENOUGH_NANOS || waited < passed - passed / 4) {
            return false;
        }
        if (time.isOfTheJvm()) {
            begin();
            return false;
        }
        return true;
    }

    void close() {
        time.close();
    }
}
