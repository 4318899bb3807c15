package io.fasterapi.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.placement.Placement;
import io.fasterapi.placement.Placements;
import io.fasterapi.placement.Refused;
import io.fasterapi.placement.RouteLoad;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import org.junit.jupiter.api.Test;

class RequestPermitTest {

    private final RouteLoad load = Placements.of(Placement.CORE).of("GET", "/late", null).load();
    private final ConcurrencyLimiter limiter = new ConcurrencyLimiter();
    private final RequestPermit permit =
            Admission.of(limiter).permit(load, EmptyHttpHeaders.INSTANCE);

    @Test
    void whatWaitedForTooLongIsCounted() {
        permit.begin();

        assertThat(permit.giveUp()).isTrue();
        assertThat(load.refused(Refused.WAITED)).isOne();
        assertThat(permit.end(Ending.ANSWERED)).isTrue();
        assertThat(limiter.count()).isZero();
    }

    @Test
    void whatIsOverdueIsNotAlsoCountedAsWaiting() {
        permit.begin();

        assertThat(permit.expire()).isTrue();
        assertThat(permit.giveUp()).isTrue();
        assertThat(load.refused(Refused.DEADLINE)).isOne();
        assertThat(load.refused(Refused.WAITED)).isZero();
        assertThat(permit.end(Ending.ANSWERED)).isFalse();
        assertThat(limiter.count()).isZero();
    }

    @Test
    void whatItsClientLeftIsNotCountedAsWaiting() {
        permit.begin();

        assertThat(permit.end(Ending.GONE)).isTrue();
        assertThat(permit.giveUp()).isTrue();
        assertThat(load.refused(Refused.WAITED)).isZero();
        assertThat(limiter.ended(Ending.GONE)).isOne();
    }
}
