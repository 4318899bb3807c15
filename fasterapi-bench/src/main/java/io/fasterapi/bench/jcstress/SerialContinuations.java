package io.fasterapi.bench.jcstress;

import io.fasterapi.core.CoreTask;
import io.fasterapi.core.ThreadWorkers;
import io.fasterapi.core.Worker;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIZ_Result;

/**
 * Claim: two threads add continuations to an exchange that has threads of its own; each runs once,
 * one at a time, after those that the same thread gave before, on the worker's thread, and sees
 * what the last one wrote. Also when the executor has no thread left.
 *
 * <p>The executor runs what it is given at once: the thread that adds a continuation to an idle
 * worker is the worker's, until it finds nothing more to do while the other thread adds.
 */
@JCStressTest
@Outcome(id = "6, 0, true", expect = Expect.ACCEPTABLE, desc = "Each ran once, in its turn.")
@Outcome(expect = Expect.FORBIDDEN, desc = "One was lost, ran twice, or beside another.")
@State
public class SerialContinuations {

    private static final int EACH = 3;

    /** One worker of so many has an executor without threads, which takes long. */
    private static final int FULL = 32;

    private static final RejectedExecutionException NO_THREAD =
            new RejectedExecutionException("no thread");

    private final boolean full = ThreadLocalRandom.current().nextInt(FULL) == 0;
    private final Giver one = new Giver();
    private final Giver other = new Giver();
    private @Nullable Worker worker;

    /** By the worker's thread alone, whichever that is. */
    private boolean busy;

    private int runs;
    private int faults;

    public SerialContinuations() {
        new ThreadWorkers(this::execute, () -> {}).dispatch(new First());
    }

    private void execute(Runnable work) {
        if (full && worker != null) {
            throw NO_THREAD;
        }
        work.run();
    }

    @Actor
    public void one() {
        one.give();
    }

    @Actor
    public void other() {
        other.give();
    }

    @Arbiter
    public void settled(IIZ_Result result) {
        Marker marker = new Marker();
        if (full) {
            worker().execute(marker);
        } else {
            marker.run(); // all has run on the actors' threads
        }
        result.r3 = marker.await() && !one.current && !other.current;
        result.r1 = runs;
        result.r2 = faults;
    }

    private Worker worker() {
        Worker known = worker;
        if (known == null) {
            throw new IllegalStateException("worker: null (expected: given to the first task)");
        }
        return known;
    }

    /** One thread's continuations. */
    private final class Giver {

        private int last;
        private boolean current;

        void give() {
            Worker known = worker();
            for (int i = 1; i <= EACH; i++) {
                int number = i;
                known.execute(() -> ran(number));
                current |= known.isCurrent(); // no more, or never
            }
        }

        private void ran(int number) {
            boolean alone = !busy;
            busy = true;
            Thread.onSpinWait(); // also a fence to the compiler: the flag is stored twice
            runs++;
            if (!alone || number != last + 1 || !worker().isCurrent()) {
                faults++;
            }
            last = number;
            busy = false;
        }
    }

    /** What the exchange begins with. */
    private final class First implements CoreTask {

        @Override
        public void run(Worker given) {
            worker = given;
        }

        @Override
        public void abort(Throwable cause) {
            faults++;
        }
    }
}
