package io.fasterapi.watch;

/**
 * Tells whether a call of one thread waits, from look to look. Made by that thread, then used by
 * one other alone.
 */
public final class WaitingTime {

    /*
     * A look finds a thread at the same call as the last one did. What has passed since then counts
     * as waiting if the thread neither runs nor could run now, but for the CPU that it used
     * meanwhile and the time that it was ready for one. By Linux's word for the thread, since one
     * that waits for a socket is runnable to the JVM; elsewhere by the JVM's.
     */

    /** From here on a call waits: two looks 5 ms apart, but for a little. */
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

    /** The thread is at another call: time counts from here. */
    public void begin() {
        passed = 0;
        waited = 0;
        time.begin();
    }

    /**
     * Looks again at the same call.
     *
     * @param passedNanos what counts of the time since the last look
     * @return whether the call waits: it has for {@link #ENOUGH_NANOS}, which is most of the time
     *     since it was found, and not for what the JVM does once
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
