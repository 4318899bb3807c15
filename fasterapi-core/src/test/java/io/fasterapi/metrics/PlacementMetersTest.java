package io.fasterapi.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.core.ThreadWorkers;
import io.fasterapi.netty.FrontDoor;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.Placements;
import io.fasterapi.placement.Refused;
import io.fasterapi.placement.RoutePlacement;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class PlacementMetersTest {

    private final Placements placements = Placements.of(Placement.AUTO);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void tellsWhereRoutesRunAndHowOftenTheyMoved() {
        RoutePlacement waiting = placements.of("GET", "/waiting", null);
        placements.of("GET", "/fixed", Placement.INLINE);
        new PlacementMeters(placements, ThreadWorkers.pooled(), new FrontDoor()).bindTo(registry);
        assertThat(routes("core")).isEqualTo(1);
        assertThat(routes("inline")).isEqualTo(1);

        for (int i = 0; i < 6; i++) {
            waiting.ran(Placement.CORE, 100_000_000, 0, 0);
        }
        assertThat(routes("core")).isZero();
        assertThat(routes("virtual")).isEqualTo(1);
        assertThat(
                        registry.get("fasterapi.placement.moves")
                                .tag("to", "virtual")
                                .functionCounter()
                                .count())
                .isEqualTo(1);
    }

    @Test
    void countsRefusalsOfBeforeAndAfterItWasBound() {
        RoutePlacement route = placements.of("GET", "/x", null);
        route.load().refuse(Refused.WAITED);
        new PlacementMeters(placements, ThreadWorkers.pooled(), new FrontDoor()).bindTo(registry);
        route.load().refuse(Refused.WAITED);
        route.load().refuse(Refused.RING_FULL);

        assertThat(refused("waited")).isEqualTo(2);
        assertThat(refused("ring-full")).isEqualTo(1);
    }

    private double routes(String placement) {
        return registry.get("fasterapi.placement.routes")
                .tag("placement", placement)
                .gauge()
                .value();
    }

    private double refused(String cause) {
        return registry.get("fasterapi.refused")
                .tag("route", "GET /x")
                .tag("cause", cause)
                .functionCounter()
                .count();
    }
}
