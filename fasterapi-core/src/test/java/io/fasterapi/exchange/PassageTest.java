package io.fasterapi.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.placement.Placement;
import io.fasterapi.placement.Placements;
import io.fasterapi.placement.Refused;
import io.fasterapi.placement.RouteLoad;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import org.junit.jupiter.api.Test;

class PassageTest {

    private final RouteLoad load = Placements.of(Placement.CORE).of("GET", "/late", null).load();
    private final InFlight inFlight = new InFlight();
    private final Passage passage = Admission.of(inFlight).passage(load, EmptyHttpHeaders.INSTANCE);

    @Test
    void whatWaitedForTooLongIsCounted() {
        passage.begin();

        assertThat(passage.giveUp()).isTrue();
        assertThat(load.refused(Refused.WAITED)).isOne();
        assertThat(passage.end(Ending.ANSWERED)).isTrue();
        assertThat(inFlight.count()).isZero();
    }

    @Test
    void whatIsOverdueIsNotAlsoCountedAsWaiting() {
        passage.begin();

        assertThat(passage.expire()).isTrue();
        assertThat(passage.giveUp()).isTrue();
        assertThat(load.refused(Refused.DEADLINE)).isOne();
        assertThat(load.refused(Refused.WAITED)).isZero();
        assertThat(passage.end(Ending.ANSWERED)).isFalse();
        assertThat(inFlight.count()).isZero();
    }

    @Test
    void whatItsClientLeftIsNotCountedAsWaiting() {
        passage.begin();

        assertThat(passage.end(Ending.GONE)).isTrue();
        assertThat(passage.giveUp()).isTrue();
        assertThat(load.refused(Refused.WAITED)).isZero();
        assertThat(inFlight.ended(Ending.GONE)).isOne();
    }
}
