package io.fasterapi.bench.jcstress;

import io.fasterapi.core.StressedCore;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * Claim: a core that is about to park sees what is published or queued at that moment. Each actor
 * is the only one who wakes its core, waits until its work is done, and so comes back just when the
 * core goes to rest; a pause of changing length sweeps over the steps of parking.
 */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "Both were woken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A wake-up was lost.")
@State
public class ParkAndWake {

    private static final int PAUSES = 4096;
    private static final StressedCore OF_RING = new StressedCore(2);
    private static final StressedCore OF_CONTINUATIONS = new StressedCore(2);

    /** Each by its actor alone. */
    private static int ringPause;

    private static int continuationPause;

    @Actor
    public void publish(ZZ_Result result) {
        ringPause = pause(ringPause);
        Marker work = new Marker();
        OF_RING.publish(work);
        result.r1 = work.await();
    }

    @Actor
    public void execute(ZZ_Result result) {
        continuationPause = pause(continuationPause);
        Marker work = new Marker();
        OF_CONTINUATIONS.execute(work);
        result.r2 = work.await();
    }

    private static int pause(int length) {
        for (int i = 0; i < length; i++) {
            Thread.onSpinWait();
        }
        return (length + 7) % PAUSES;
    }
}
