package io.fasterapi.bench.jcstress;

import io.fasterapi.batch.BatchFunction;
import io.fasterapi.batch.BatchOptions;
import io.fasterapi.batch.Batcher;
import io.fasterapi.batch.StressedBatcher;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import reactor.core.Disposable;

/**
 * Claim: the last caller of a group hangs up while another one comes: the one that comes waits, and
 * is found, and when it has gone too nothing is kept of the group.
 */
@JCStressTest
@Outcome(id = "1, 1, 0", expect = Expect.ACCEPTABLE, desc = "One waits, and none in the end.")
@Outcome(expect = Expect.FORBIDDEN, desc = "One was lost, or its group was kept.")
@State
public class BatchLaneLeaving {

    private final Batcher<Integer, Integer> batcher =
            Batcher.create(
                    "stress",
                    BatchOptions.defaults().withMaxWait(Duration.ofHours(1)),
                    BatchFunction.ofList(items -> items),
                    item -> "group",
                    (placement, group) -> Runnable::run);
    private final Disposable leaving = batcher.submit(1).subscribe();
    private Disposable coming = leaving;

    @Actor
    public void leave() {
        leaving.dispose();
    }

    @Actor
    public void come() {
        coming = batcher.submit(2).subscribe();
    }

    @Arbiter
    public void settled(III_Result result) {
        result.r1 = batcher.counters().queued();
        result.r2 = StressedBatcher.groups(batcher);
        coming.dispose();
        result.r3 = StressedBatcher.groups(batcher);
    }
}
