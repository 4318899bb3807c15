package io.fasterapi.bench.jcstress;

import io.fasterapi.core.LoopReturn;
import io.fasterapi.core.StressedCore;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIZ_Result;

/**
 * Claim: two cores hand the same two items back, each in its own order, in batches that the loop
 * delivers meanwhile; no chain loses an item, none runs more often than it was handed back, and the
 * last run of each sees both cores' changes.
 */
@JCStressTest
@Outcome(id = "3, 3, true", expect = Expect.ACCEPTABLE, desc = "The loop saw all changes.")
@Outcome(expect = Expect.FORBIDDEN, desc = "An item was lost, or run too often.")
@State
public class CompletionBatchDelivery {

    private static final StressedCore ONE = new StressedCore(2);
    private static final StressedCore OTHER = new StressedCore(2);

    private final Returning first = new Returning();
    private final Returning second = new Returning();

    @Actor
    public void handBackOnOne() {
        ONE.execute(
                () -> {
                    first.changeLow();
                    second.changeLow();
                });
    }

    @Actor
    public void handBackOnOther() {
        OTHER.execute(
                () -> {
                    second.changeHigh();
                    first.changeHigh();
                });
    }

    @Arbiter
    public void seen(IIZ_Result result) {
        Marker behindOne = new Marker();
        Marker behindOther = new Marker();
        ONE.execute(() -> new Return(behindOne).returnToLoop());
        OTHER.execute(() -> new Return(behindOther).returnToLoop());
        result.r3 =
                behindOne.await()
                        && behindOther.await()
                        && first.ranOnceOrTwice()
                        && second.ranOnceOrTwice();
        result.r1 = first.seen();
        result.r2 = second.seen();
    }

    /** Takes a marker to the end of its core's chain. */
    private static final class Return extends LoopReturn {

        private final Marker marker;

        Return(Marker marker) {
            super(Returning.LOOP);
            this.marker = marker;
        }

        @Override
        protected void onLoop() {
            marker.run();
        }
    }
}
