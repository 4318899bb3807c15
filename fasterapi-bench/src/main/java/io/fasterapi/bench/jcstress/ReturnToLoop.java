package io.fasterapi.bench.jcstress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;

/**
 * Claim: a thread changes a state and asks for its return just while the event loop runs it for
 * another thread; the last run sees both changes, and there are no more runs than requests.
 */
@JCStressTest
@Outcome(id = "3, true", expect = Expect.ACCEPTABLE, desc = "The loop saw both changes.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A change was lost, or run too often.")
@State
public class ReturnToLoop {

    private final Returning item = new Returning();

    @Actor
    public void changeLow() {
        item.changeLow();
    }

    @Actor
    public void changeHigh() {
        item.awaitRunning();
        item.changeHigh();
    }

    @Arbiter
    public void seen(IZ_Result result) {
        Marker marker = new Marker();
        Returning.LOOP.execute(marker);
        result.r2 = marker.await() && item.ranOnceOrTwice();
        result.r1 = item.seen();
    }
}
