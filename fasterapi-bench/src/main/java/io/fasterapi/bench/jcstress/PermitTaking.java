package io.fasterapi.bench.jcstress;

import io.fasterapi.placement.StressedPermits;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/**
 * Claim: of two threads that want the last permit, which a third one keeps, exactly one gets it;
 * and all permits that are given back can be taken again.
 */
@JCStressTest
@Outcome(
        id = {"true, false, 32", "false, true, 32"},
        expect = Expect.ACCEPTABLE,
        desc = "One of the two has it.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both, none, or a permit was lost or made up.")
@State
public class PermitTaking {

    private final StressedPermits permits = new StressedPermits();

    public PermitTaking() {
        permits.takeAll();
        permits.giveBack();
    }

    @Actor
    public void one(ZZI_Result result) {
        result.r1 = permits.take();
    }

    @Actor
    public void other(ZZI_Result result) {
        result.r2 = permits.take();
    }

    @Arbiter
    public void settled(ZZI_Result result) {
        for (long used = permits.inUse(); used > 0; used--) {
            permits.giveBack();
        }
        result.r3 = permits.takeAll();
    }
}
