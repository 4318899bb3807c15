package io.fasterapi.bench.jcstress;

import io.fasterapi.placement.StressedPlacement;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** Claim: the points of a route are never fewer than none nor more than the most. */
@JCStressTest
@Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "Within bounds.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A route that is never suspected again, or for ever.")
@State
public class PlacementPoints {

    private final StressedPlacement route = new StressedPlacement();

    public PlacementPoints() {
        route.waited();
        for (int i = 1; i < StressedPlacement.POINTS; i++) {
            route.ran(); // one point is left, and two calls take it
        }
    }

    @Actor
    public void one() {
        route.ran();
    }

    @Actor
    public void other() {
        route.ran();
    }

    @Arbiter
    public void settled(Z_Result result) {
        result.r1 = route.isWithinBounds();
    }
}
