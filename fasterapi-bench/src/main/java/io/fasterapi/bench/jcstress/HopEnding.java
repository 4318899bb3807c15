package io.fasterapi.bench.jcstress;

import io.fasterapi.netty.Hops;
import io.fasterapi.netty.InboundGate;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Claim: hops that a worker finishes while the event loop takes what has finished open the gate
 * once each, also where one of them is finished twice.
 */
@JCStressTest
@Outcome(id = "0, 2", expect = Expect.ACCEPTABLE, desc = "The gate is open, by two hops.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A hop ended twice, or never.")
@State
public class HopEnding {

    private final Gate gate = new Gate();
    private final Hops hops = new Hops();

    public HopEnding() {
        hops.begin(gate);
        hops.begin();
    }

    @Actor
    public void worker() {
        hops.run();
        hops.finish();
        hops.finish(); // the second hop's
        hops.finish(); // it failed then, and was aborted
    }

    @Actor
    public void eventLoop() {
        hops.end(hops.takeFinished());
        hops.end(hops.takeFinished());
    }

    @Arbiter
    public void settled(II_Result result) {
        hops.end(hops.takeFinished());
        result.r1 = gate.open;
        result.r2 = gate.ended;
    }

    /** Of the event loop. */
    private static final class Gate implements InboundGate {

        private int open;
        private int ended;

        @Override
        public void onConnectionLost(Runnable action) {}

        @Override
        public void forget(@Nullable Runnable action) {}

        @Override
        public void hopBegins() {
            open++;
        }

        @Override
        public void hopsEnded(int count) {
            open -= count;
            ended += count;
        }
    }
}
