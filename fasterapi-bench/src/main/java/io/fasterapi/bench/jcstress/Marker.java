package io.fasterapi.bench.jcstress;

import io.fasterapi.core.CoreTask;
import io.fasterapi.core.Worker;

/** Something that follows what is looked at: when it is through, so is everything before it. */
final class Marker implements CoreTask, Runnable {

    /** Far beyond any pause: whoever waits longer waits for something that was lost. */
    private static final long LOST_NANOS = 3_000_000_000L;

    private volatile boolean passed;

    @Override
    public void run(Worker core) {
        passed = true;
    }

    @Override
    public void run() {
        passed = true;
    }

    @Override
    public void abort(Throwable cause) {}

    /** Waits; returns whether it came through. */
    boolean await() {
        long start = System.nanoTime();
        while (!passed) {
            if (System.nanoTime() - start > LOST_NANOS) {
                return false;
            }
            Thread.yield();
        }
        return true;
    }
}
