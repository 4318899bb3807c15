package io.fasterapi.bench.jcstress;

import io.fasterapi.placement.StressedPlacement;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/**
 * Claim: the points of a route are never fewer than none nor more than the most, and each call is
 * counted once, though each thread counts some by itself.
 */
@JCStressTest
@Outcome(id = "true, 65", expect = Expect.ACCEPTABLE, desc = "Within bounds, and all calls.")
@Outcome(
        expect = Expect.FORBIDDEN,
        desc = "A route that is never suspected again, or for ever; or a call counted wrongly.")
@State
public class PlacementPoints {

    private final StressedPlacement route = new StressedPlacement();

    public PlacementPoints() {
        route.waited(); // both threads take these points away
        route.ran();
    }

    @Actor
    public void one() {
        share();
    }

    @Actor
    public void other() {
        share();
    }

    private void share() {
        for (int i = 0; i < StressedPlacement.SHARE; i++) {
            route.ran();
        }
    }

    @Arbiter
    public void settled(ZI_Result result) {
        result.r1 = route.isWithinBounds();
        result.r2 = route.counted();
    }
}
