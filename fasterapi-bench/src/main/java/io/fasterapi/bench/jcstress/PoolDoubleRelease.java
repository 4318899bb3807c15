package io.fasterapi.bench.jcstress;

import io.fasterapi.pool.ObjectPool;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** Claim: of two threads that release the same object exactly one succeeds. */
@JCStressTest
@Outcome(id = "true, false, 1", expect = Expect.ACCEPTABLE, desc = "The other was refused.")
@Outcome(id = "false, true, 1", expect = Expect.ACCEPTABLE, desc = "The one was refused.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Released twice, or not at all.")
@State
public class PoolDoubleRelease {

    private final ObjectPool<int[]> pool = ObjectPool.builder("stressed", () -> new int[1]).build();
    private final int[] object = pool.acquire();

    @Actor
    public void one(ZZI_Result result) {
        result.r1 = released();
    }

    @Actor
    public void other(ZZI_Result result) {
        result.r2 = released();
    }

    private boolean released() {
        try {
            pool.release(object);
            return true;
        } catch (IllegalStateException refused) {
            return false;
        }
    }

    @Arbiter
    public void settled(ZZI_Result result) {
        result.r3 = (int) pool.counters().idle();
    }
}
