package io.fasterapi.placement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Points of an automatic placement, though a thread tells others of its calls only at times. */
class AutoPlacementPointsTest {

    private static final long QUICK = 500_000;
    private static final long LONG = 1_000_000;

    private final AutoPlacement route =
            new AutoPlacement("GET /x", RouteLoad.unlimited(), new PromotionLimit(), move -> {});

    private void quick() {
        route.ran(Placement.CORE, QUICK, QUICK, 0);
    }

    private void waiting() {
        route.ran(Placement.CORE, LONG, 0, 0);
    }

    @Test
    void callsBeforeALongOneTakeNothingAwayFromIt() {
        for (int i = 1; i < AutoPlacement.SHARE; i++) {
            quick();
        }
        waiting();
        assertThat(route.points()).isEqualTo(AutoPlacement.POINTS);
        quick();
        waiting();
        assertThat(route.points()).isEqualTo(2 * AutoPlacement.POINTS - 1);
    }
}
