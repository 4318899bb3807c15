package io.fasterapi.spring.webflux.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.webflux.route.Lane;
import io.fasterapi.spring.webflux.route.LaneRestriction.Reason;
import org.junit.jupiter.api.Test;

class MappingCountersTest {

    private final MappingCounters counters = new MappingCounters(new LaneCounters(), Lane.DIRECT);

    private void unusual(int times) {
        for (int i = 0; i < times; i++) {
            counters.served(Lane.FILTERED, Reason.VALUE, "GET /unusual");
        }
    }

    @Test
    void theDirectLaneRestsAfterUnusualResultsAndIsTriedAgain() {
        unusual(MappingCounters.UNUSUAL - 1);
        assertThat(counters.isResting()).isFalse();
        unusual(1);
        assertThat(counters.isResting()).isTrue();
        unusual(MappingCounters.RESTING - 1);
        assertThat(counters.isResting()).isTrue();
        unusual(1);
        assertThat(counters.isResting()).isFalse();
        unusual(1);
        assertThat(counters.isResting()).as("still unusual").isTrue();
        unusual(MappingCounters.RESTING);
        counters.served(Lane.DIRECT);
        unusual(MappingCounters.UNUSUAL - 1);
        assertThat(counters.isResting()).as("a usual one between").isFalse();
    }

    @Test
    void failuresAreNotUnusual() {
        for (int i = 0; i < 2 * MappingCounters.UNUSUAL; i++) {
            counters.served(Lane.FILTERED, Reason.FAILURE, "GET /fails");
        }
        assertThat(counters.isResting()).isFalse();
        assertThat(counters.reasons()).containsEntry(Reason.FAILURE.text(), 32L);
    }
}
