package io.fasterapi.bench.jcstress;

import io.fasterapi.pool.ObjectPool;
import io.fasterapi.pool.PoolCapacity;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Claim: of two threads that acquire and release around one shared object, none has it while the
 * other does, and each sees what the other wrote into it, without any synchronisation of its own.
 */
@JCStressTest
@Outcome(id = "0, 4, 0", expect = Expect.ACCEPTABLE, desc = "One owner at a time, nothing lost.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Two owners, or an object or a write was lost.")
@State
public class PoolOwnership {

    private final ObjectPool<Owned> pool =
            ObjectPool.builder("stressed", Owned::new).capacity(new PoolCapacity(0, 2)).build();
    private volatile int clashes;

    public PoolOwnership() {
        pool.release(pool.acquire());
    }

    @Actor
    public void one() {
        twice();
    }

    @Actor
    public void other() {
        twice();
    }

    private void twice() {
        for (int i = 0; i < 2; i++) {
            Owned object = pool.acquire();
            if (!object.enter()) {
                clashes = 1;
            }
            object.leave();
            pool.release(object);
        }
    }

    @Arbiter
    public void settled(III_Result result) {
        result.r1 = clashes;
        Owned first = pool.acquire();
        Owned second = pool.counters().idle() == 0 ? null : pool.acquire();
        result.r2 = first.uses + (second == null ? 0 : second.uses);
        result.r3 = (int) pool.counters().idle();
    }

    /** An object that only its owner may touch: plain fields. */
    private static final class Owned {

        private boolean owned;
        private int uses;

        boolean enter() {
            boolean free = !owned;
            owned = true;
            uses++;
            return free;
        }

        void leave() {
            owned = false;
        }
    }
}
