package io.fasterapi.cores;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what the cores of a group are at. While one is at a call that waits, a route whose calls
 * do learns of it, and what may run on a thread of its own does not wait behind it. Any thread, one
 * at a time.
 */
final class HeldCores {

    /** A look that comes later than this counts as one in time: it was held up, too. */
    private static final long LOOK_NANOS = 5_000_000;

    private final List<WaitingCall> calls = new ArrayList<>();
    private final HandlerCore[] cores;
    private volatile @Nullable ThreadWorkers threads;
    private long lookedAtNanos;

    HeldCores(HandlerCore[] cores) {
        this.cores = cores;
        for (HandlerCore core : cores) {
            calls.add(new WaitingCall(core));
        }
    }

    void to(ThreadWorkers workers) {
        threads = workers;
        for (HandlerCore core : cores) {
            core.queue().moves().to(workers);
        }
    }

    /** To be called every few milliseconds. */
    synchronized void look(long nowNanos) {
        long passed = Math.min(nowNanos - lookedAtNanos, LOOK_NANOS);
        lookedAtNanos = nowNanos;
        ThreadWorkers workers = threads;
        if (workers == null) {
            return;
        }
        workers.look();
        for (int i = 0; i < cores.length; i++) {
            boolean waits = calls.get(i).look(nowNanos, passed);
            if (waits || cores[i].isStalled()) {
                cores[i].queue().moves().moveAway(waits);
            }
        }
    }
}
