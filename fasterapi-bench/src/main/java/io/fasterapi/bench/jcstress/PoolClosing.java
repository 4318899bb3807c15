package io.fasterapi.bench.jcstress;

import io.fasterapi.pool.ObjectPool;
import io.fasterapi.pool.PoolCapacity;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Claim: an object that is released just while its pool is closed is discarded exactly once, and
 * does not stay idle.
 */
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "Discarded once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Kept by a closed pool, or discarded twice.")
@State
public class PoolClosing {

    private final int[] discards = new int[1];
    private final ObjectPool<int[]> pool =
            ObjectPool.builder("closing", () -> new int[1])
                    .capacity(new PoolCapacity(0, 2))
                    .onDiscard(object -> discards[0]++)
                    .build();
    private final int[] object = pool.acquire();

    @Actor
    public void release() {
        pool.release(object);
    }

    @Actor
    public void close() {
        pool.close();
    }

    @Arbiter
    public void settled(II_Result result) {
        result.r1 = discards[0];
        result.r2 = (int) pool.counters().idle();
    }
}
