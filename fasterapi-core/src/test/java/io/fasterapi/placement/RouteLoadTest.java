package io.fasterapi.placement;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

class RouteLoadTest {

    private static final int LIMIT = 8;

    private final RouteLoad load =
            new LoadLimits(() -> ConcurrencyLimit.fixed(LIMIT), t -> false, "/many"::equals)
                    .loadOf("GET /one", "/one", (route, cause) -> {});

    /** One word holds two counts: neither runs into the other. */
    @Test
    void whatIsUnderWayIsCountedWhateverHasEnded() {
        int expected = 0;
        int ended = 0;
        for (int i = 0; i < 10_000; i++) {
            int choice = ThreadLocalRandom.current().nextInt(4);
            if (choice < 2) {
                assertThat(load.enter()).isEqualTo(expected < LIMIT);
                expected = Math.min(LIMIT, expected + 1);
            } else if (expected > 0) {
                expected--;
                if (choice == 2) {
                    load.leave();
                } else {
                    load.leave(0, false);
                    ended++;
                }
            }
            assertThat(load.ended()).isEqualTo(ended);
            assertThat(load.underWay()).isEqualTo(expected);
            assertThat(load.isFull()).isEqualTo(expected == LIMIT);
        }
    }

    @Test
    void whatIsUnderWayTakesItsTime() {
        assertThat(load.drain().nanos()).isZero();
        load.enter();
        await().atMost(20, SECONDS).until(() -> load.drain().nanos() > 0);
        load.leave(0, false);
        await().atMost(20, SECONDS).until(() -> load.drain().nanos() == 0);
    }

    @Test
    void theLastCauseIsKept() {
        assertThat(load.lastCause()).isNull();
        load.refuse(Refused.RING_FULL);
        load.refuse(Refused.ROUTE_LIMIT);
        assertThat(load.lastCause()).isEqualTo(Refused.ROUTE_LIMIT);
        assertThat(load.refused(Refused.RING_FULL)).isOne();
        assertThat(load.isTooMany()).isFalse();
    }
}
