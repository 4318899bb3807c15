package io.fasterapi.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what the cores of a group do now. If a core is at a call that waits, the route of the
 * call learns of it, and work that may run on a thread does not wait behind it. Any thread may
 * look, one at a time.
 */
final class HeldCores {

    /** The most time that one look accounts for. A look that comes later was delayed itself. */
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

    /** Looks at every core. Called every few milliseconds. */
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
