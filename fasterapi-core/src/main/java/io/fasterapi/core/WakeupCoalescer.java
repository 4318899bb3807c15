package io.fasterapi.core;

import io.fasterapi.watchdog.Activity;
import io.netty.channel.EventLoop;

/** The wake-ups that one event loop owes to the cores. The event loop owns it. */
final class WakeupCoalescer implements Runnable {

    /*
     * Waking a parked thread is the most expensive part of a hand-over to a core: it takes a system
     * call, and on a shared CPU it switches to the woken thread after its first item. An event loop
     * reads all ready connections in one iteration. So it wakes each core once, after the reads,
     * when the whole burst is in the rings. A burst of more than BURST items wakes at once: with a
     * free CPU the core should not wait for the rest.
     *
     * The delay is short only while the loop runs code of the server. So work that application code
     * publishes wakes at once, and all owed wake-ups are done before such code begins. Other tasks
     * may hold up the loop unnoticed. So a core that has slept long is woken by the first item;
     * that costs at most one more wake-up, and only for the first burst after a quiet time. A core
     * that only dozes is woken by the monitor's next look.
     *
     * What a burst publishes shares the time of its first item: one reading of the clock. So the
     * wait of the others includes what the loop took to read them. Work that application code
     * publishes has a time of its own.
     */
    private static final int BURST = 32;

    private final EventLoop loop;
    private final HandlerCore[] cores;
    private final boolean[] owed;
    private final int home;
    private final Activity activity = Activity.current();
    private boolean scheduled;
    private int published;
    private long burstNanos;

    WakeupCoalescer(EventLoop loop, HandlerCore[] cores, int home) {
        this.loop = loop;
        this.cores = cores;
        this.owed = new boolean[cores.length];
        this.home = home;
    }

    /** Returns the index of the core that this loop prefers. */
    int home() {
        return home;
    }

    /** Returns from when the work waits that is published next. */
    long nowNanos() {
        if (published == 0 || activity.isRunning()) {
            burstNanos = System.nanoTime();
        }
        return burstNanos;
    }

    /** The core must see what was published to it just now. */
    void owe(HandlerCore core, long nowNanos) {
        if (activity.isRunning()) {
            core.wake();
            return;
        }
        activity.pass(); // a loop that publishes burst after burst is busy, not stalled
        if (core.wakeFromSleep(nowNanos)) {
            return;
        }
        owed[core.index()] = true;
        if (++published >= BURST) {
            pay();
        } else if (published == 1) {
            activity.beforeNext(this);
            schedule();
        }
    }

    /** Wakes the cores after the reads of this iteration, before most other tasks of the loop. */
    private void schedule() {
        if (scheduled) {
            return;
        }
        try {
            loop.execute(this::readingOver);
            scheduled = true;
        } catch (Throwable ex) { // the loop is ending, or memory is short
            pay();
        }
    }

    private void readingOver() {
        scheduled = false;
        pay();
    }

    /** Wakes the cores before application code begins. */
    @Override
    public void run() {
        pay();
    }

    private void pay() {
        if (published == 0) {
            return;
        }
        published = 0;
        for (int i = 0; i < owed.length; i++) {
            if (owed[i]) {
                owed[i] = false;
                cores[i].wake();
            }
        }
    }
}
