package io.fasterapi.cores;

import io.fasterapi.watch.Activity;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;

/** The wake-ups that one event loop owes to the cores. Owned by that event loop. */
final class LoopWakes implements Runnable {

    /*
     * Waking a parked thread is the dearest part of a hop (a system call, and on a shared CPU a
     * switch to the woken thread after its first item). An event loop reads all ready connections
     * in one iteration; so the cores it published to are woken once, at the end of the iteration,
     * when the whole burst lies in their rings. A burst of more than BURST items wakes at once:
     * with a free CPU the core should not wait for the rest.
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
        activity.pass(); // a loop that publishes burst after burst is busy, not stalled
        owed[core.index()] = true;
        if (++published >= BURST) {
            pay();
        } else if (!scheduled) {
            schedule();
        }
    }

    private void schedule() {
        if (loop instanceof SingleThreadEventLoop single) {
            scheduled = true;
            single.executeAfterEventLoopIteration(this);
        } else {
            pay();
        }
    }

    @Override
    public void run() {
        scheduled = false;
        pay();
    }

    private void pay() {
        published = 0;
        for (int i = 0; i < owed.length; i++) {
            if (owed[i]) {
                owed[i] = false;
                cores[i].wake();
            }
        }
    }
}
