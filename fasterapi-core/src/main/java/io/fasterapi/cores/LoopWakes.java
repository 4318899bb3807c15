package io.fasterapi.cores;

import io.fasterapi.watch.Activity;
import io.netty.channel.EventLoop;

/** The wake-ups that one event loop owes to the cores. Owned by that event loop. */
final class LoopWakes implements Runnable {

    /*
     * Waking a parked thread is the dearest part of a hop (a system call, and on a shared CPU a
     * switch to the woken thread after its first item). An event loop reads all ready connections
     * in one iteration; so the cores it published to are woken once, when it has read them and the
     * whole burst lies in their rings. A burst of more than BURST items wakes at once: with a free
     * CPU the core should not wait for the rest.
     *
     * That is soon only while the loop is at what the server itself does. So what code of the
     * application publishes wakes at once, and all that is owed is paid before such code begins.
     * Something else may hold the loop up, which nobody tells: so a core that has slept for long is
     * woken by the first item. That costs a second wake-up of a burst at most, and only of the first
     * burst after a while without any. A core that dozes is woken by the monitor's next look then.
     */
    private static final int BURST = 32;

    private final EventLoop loop;
    private final HandlerCore[] cores;
    private final boolean[] owed;
    private final int home;
    private final Activity activity = Activity.current();
    private boolean scheduled;
    private int published;

    LoopWakes(EventLoop loop, HandlerCore[] cores, int home) {
        this.loop = loop;
        this.cores = cores;
        this.owed = new boolean[cores.length];
        this.home = home;
    }

    /** Returns the index of the core that this loop prefers among equals. */
    int home() {
        return home;
    }

    void owe(HandlerCore core) {
        if (activity.isRunning()) {
            core.wake();
            return;
        }
        activity.pass(); // a loop that publishes burst after burst is busy, not stalled
        if (core.wakeFromSleep()) {
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

    /** Pays behind what the loop has read, before most of its other tasks. */
    private void schedule() {
        if (scheduled) {
            return;
        }
        try {
            loop.execute(this::readingOver);
            scheduled = true;
        } catch (Throwable ex) { // a loop that ends, or no memory
            pay();
        }
    }

    private void readingOver() {
        scheduled = false;
        pay();
    }

    /** Pays before code of the application begins. */
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
