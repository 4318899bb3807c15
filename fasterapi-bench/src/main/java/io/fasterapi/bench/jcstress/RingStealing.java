package io.fasterapi.bench.jcstress;

import io.fasterapi.core.CoreTask;
import io.fasterapi.core.StressedQueue;
import io.fasterapi.core.Worker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIZ_Result;

/**
 * Claim: while a core drains its ring and another takes over what waits there, each task runs
 * exactly once and sees what its publisher wrote; what is ordered stays on its core, also in a slot
 * that is emptied and filled again just when the other looks at it. Each slot holds two kinds of
 * tasks by turns; pauses of changing length sweep over the steps of draining and of taking over.
 */
@JCStressTest
@Outcome(id = "8, 0, true", expect = Expect.ACCEPTABLE, desc = "The other core took some.")
@Outcome(id = "8, 0, false", expect = Expect.ACCEPTABLE, desc = "The core ran all itself.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A task was lost, ran twice, astray or too early.")
@State
public class RingStealing {

    private static final int TASKS = 8;
    private static final int PAUSES = 16;

    /** Each by its actor alone. */
    private static int ownPause;

    private static int otherPause;

    private final StressedQueue ring = new StressedQueue();
    private final Task[] tasks = new Task[TASKS];
    private volatile boolean drained;

    /** The last of the ordered tasks, on their core. */
    private int lastOrdered = -1;

    public RingStealing() {
        for (int i = 0; i < TASKS; i++) {
            tasks[i] = new Task(i);
        }
    }

    @Actor
    public void core() {
        ownPause = (ownPause + 1) % PAUSES;
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
    public void other() {
        otherPause = (otherPause + 1) % (PAUSES + 1);
        do {
            ring.rescue();
        } while (!drained);
    }

    @Arbiter
    public void settled(IIZ_Result result) {
        for (Task task : tasks) {
            result.r1 += task.own + task.others == 1 ? 1 : 0;
            result.r2 += task.wrong ? 1 : 0;
            result.r3 |= task.others > 0;
        }
    }

    private static void pause(int length) {
        for (int i = 0; i < length; i++) {
            Thread.onSpinWait();
        }
    }

    /** Counts its runs on either core: plain fields, each by one thread. */
    private final class Task implements CoreTask {

        private final int number;
        private final boolean ordered;
        private boolean written;
        private int own;
        private int others;
        private boolean wrong;

        Task(int number) {
            this.number = number;
            this.ordered = (number & 2) != 0; // a slot, one of two, has each kind by turns
        }

        @Override
        public boolean isOrdered() {
            pause(otherPause); // the slot may be emptied and filled again meanwhile
            return ordered;
        }

        @Override
        public void run(Worker worker) {
            wrong |= !written;
            if (!StressedQueue.isOwn(worker)) {
                others++;
                wrong |= ordered;
                return;
            }
            own++;
            if (ordered) {
                wrong |= number <= lastOrdered;
                lastOrdered = number;
            }
            pause(ownPause);
        }

        @Override
        public void abort(Throwable cause) {
            wrong = true;
        }
    }
}
