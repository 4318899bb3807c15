package io.fasterapi.bench.jcstress;

import io.fasterapi.netty.StressedFront;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Claim: what a handler brings from another thread while its request goes on to Reactor Netty is
 * given once to the exchange that goes on with it.
 */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Given once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Lost, or given twice.")
@State
public class FrontDoorPassing {

    private final StressedFront front = new StressedFront();

    @Actor
    public void handler() {
        front.answer();
    }

    @Actor
    public void eventLoop() {
        front.goOn();
    }

    @Arbiter
    public void settled(I_Result result) {
        result.r1 = front.given();
    }
}
