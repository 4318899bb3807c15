package io.fasterapi.bench.jcstress;

import io.fasterapi.core.CoreTask;
import io.fasterapi.core.StressedQueue;
import io.fasterapi.core.ThreadWorkers;
import io.fasterapi.core.Worker;
import io.fasterapi.placement.RoutePlacement;
import io.fasterapi.placement.StressedPlacement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIZ_Result;

/**
 * Claim: while a core drains its ring, its work is given to threads and its route moves there, each
 * task runs exactly once and sees what its publisher wrote; what is ordered runs on the core, in
 * order. Threads are played by whoever gives them something.
 */
@JCStressTest
@Outcome(id = "8, 0, true", expect = Expect.ACCEPTABLE, desc = "Some ran on threads.")
@Outcome(id = "8, 0, false", expect = Expect.ACCEPTABLE, desc = "The core ran all itself.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A task was lost, ran twice, astray or too early.")
@State
public class RingMoving {

    private static final int TASKS = 8;
    private static final ThreadWorkers THREADS = new ThreadWorkers(Runnable::run, () -> {});

    private final StressedQueue ring = new StressedQueue();
    private final StressedPlacement route = new StressedPlacement();
    private final Task[] tasks = new Task[TASKS];
    private volatile boolean drained;

    /** The last of the ordered tasks, on their core. */
    private int lastOrdered = -1;

    public RingMoving() {
        ring.useThreads(THREADS);
        for (int i = 0; i < TASKS; i++) {
            tasks[i] = new Task(i);
        }
    }

    @Actor
    public void core() {
        for (Task task : tasks) {
            task.written = true;
            while (!ring.publish(task)) {
                ring.drain();
            }
        }
        ring.drain();
        drained = true;
    }

    @Actor
    public void monitor() {
        do {
            ring.moveAway();
        } while (!drained);
    }

    @Actor
    public void route() {
        route.moves();
    }

    @Arbiter
    public void settled(IIZ_Result result) {
        for (Task task : tasks) {
            result.r1 += task.own.get() + task.others.get() == 1 ? 1 : 0;
            result.r2 += task.wrong ? 1 : 0;
            result.r3 |= task.others.get() > 0;
        }
    }

    /** Counts its runs on the core and on threads. */
    private final class Task implements CoreTask {

        private final AtomicInteger own = new AtomicInteger();
        private final AtomicInteger others = new AtomicInteger();
        private final int number;
        private final boolean ordered;
        private boolean written;
        private volatile boolean wrong;

        Task(int number) {
            this.number = number;
            this.ordered = (number & 2) != 0; // a slot, one of two, has each kind by turns
        }

        @Override
        public boolean isOrdered() {
            return ordered;
        }

        @Override
        public @Nullable RoutePlacement placement() {
            return ordered ? null : route.route();
        }

        @Override
        public void run(Worker worker) {
            if (!written) {
                wrong = true;
            }
            if (!StressedQueue.isOwn(worker)) {
                others.incrementAndGet();
                if (ordered) {
                    wrong = true;
                }
                return;
            }
            own.incrementAndGet();
            if (ordered) {
                if (number <= lastOrdered) {
                    wrong = true;
                }
                lastOrdered = number;
            }
        }

        @Override
        public void abort(Throwable cause) {
            wrong = true;
        }
    }
}
