package io.fasterapi.bench.jcstress;

import io.fasterapi.core.CoreTask;
import io.fasterapi.core.StressedCore;
import io.fasterapi.core.Worker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Claim: of two publishers that race for the slots of a small ring, each task runs exactly once,
 * and the core sees what its publisher wrote before without any synchronisation of its own.
 */
@JCStressTest
@Outcome(id = "1, 1, 33", expect = Expect.ACCEPTABLE, desc = "Each ran once, its state was seen.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A task was lost, ran twice or saw an older state.")
@State
public class RingHandOff {

    private static final StressedCore CORE = new StressedCore(2);

    private int first;
    private int second;
    private int seen;
    private final Counted one = new Counted(() -> seen += first);
    private final Counted other = new Counted(() -> seen += second);

    @Actor
    public void publishOne() {
        first = 11;
        CORE.publish(one);
    }

    @Actor
    public void publishOther() {
        second = 22;
        CORE.publish(other);
    }

    @Arbiter
    public void consumed(III_Result result) {
        Marker marker = new Marker();
        CORE.publish(marker);
        marker.await();
        result.r1 = one.runs;
        result.r2 = other.runs;
        result.r3 = seen;
    }

    /** Counts its runs, on the core alone. */
    private static final class Counted implements CoreTask {

        private final Runnable action;
        private int runs;

        Counted(Runnable action) {
            this.action = action;
        }

        @Override
        public void run(Worker core) {
            runs++;
            action.run();
        }

        @Override
        public void abort(Throwable cause) {
            runs += 1000;
        }
    }
}
