package io.fasterapi.bench.jcstress;

import io.fasterapi.placement.StressedPermits;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Claim: while one thread gives permits back, so many that some go back to the shared count, and
 * another one collects them, none is lost and none is given out twice.
 */
@JCStressTest
@Outcome(id = "6, 0", expect = Expect.ACCEPTABLE, desc = "Six came back, six were taken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A permit was lost or made up.")
@State
public class PermitReturning {

    private static final int RETURNED = 6;

    private final StressedPermits permits = new StressedPermits();

    /** Taken while they came back. */
    private int taken;

    public PermitReturning() {
        permits.takeAll();
    }

    @Actor
    public void returning() {
        for (int i = 0; i < RETURNED; i++) {
            permits.giveBack();
        }
    }

    @Actor
    public void taking() {
        for (int i = 0; i < RETURNED; i++) {
            taken += permits.take() ? 1 : 0;
        }
    }

    @Arbiter
    public void settled(II_Result result) {
        result.r1 = taken + permits.takeAll();
        result.r2 = (int) (StressedPermits.LIMIT - permits.inUse());
    }
}
