package io.fasterapi.bench.jcstress;

import io.fasterapi.core.CoreTask;
import io.fasterapi.core.ThreadWorkers;
import io.fasterapi.core.Worker;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/**
 * Claim: work that an executor takes while it fails is either taken and runs once, or is reported
 * back and never runs.
 */
@JCStressTest
@Outcome(
        id = {"true, 1", "false, 0"},
        expect = Expect.ACCEPTABLE,
        desc = "Taken, or reported back.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Lost, or run though it was reported back.")
@State
public class WorkerTaking implements CoreTask {

    private static final OutOfMemoryError NO_MEMORY = new OutOfMemoryError("injected");

    private volatile @Nullable Runnable kept;
    private int runs;

    @Actor
    public void dispatch(ZI_Result result) {
        result.r1 = new ThreadWorkers(this::execute, () -> {}).dispatch(this);
    }

    private void execute(Runnable task) {
        kept = task;
        throw NO_MEMORY;
    }

    @Actor
    public void thread() {
        Runnable task;
        while ((task = kept) == null) {
            Thread.onSpinWait();
        }
        task.run();
    }

    @Arbiter
    public void settled(ZI_Result result) {
        result.r2 = runs;
    }

    @Override
    public void run(Worker worker) {
        runs++;
    }

    @Override
    public void abort(Throwable cause) {
        runs += 2;
    }
}
