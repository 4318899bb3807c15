package io.fasterapi.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.placement.ConcurrencyLimit;
import io.fasterapi.placement.LoadLimits;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.Placements;
import io.fasterapi.placement.Refused;
import io.fasterapi.placement.RouteLoad;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two exchanges may be under way, whatever their routes are. */
class InFlightTest {

    private static final int LIMIT = 2;

    private final Placements placements =
            new Placements(
                    Placement.INLINE,
                    template -> null,
                    new LoadLimits(() -> ConcurrencyLimit.fixed(100), "/essential"::equals));
    private final RouteLoad one = placements.of("GET", "/one", null).load();
    private final RouteLoad other = placements.of("GET", "/other", null).load();
    private final RouteLoad essential = placements.of("GET", "/essential", null).load();
    private final InFlight inFlight = new InFlight(LIMIT);
    private final Admission admission = Admission.of(inFlight);
    private final EventLoop loop = new DefaultEventLoop();

    @AfterEach
    void stop() {
        loop.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private Passage passage(RouteLoad route) {
        return admission.passage(route, EmptyHttpHeaders.INSTANCE);
    }

    @Test
    void asManyAsTheLimitAreAdmittedAndNoMore() {
        Passage first = passage(one);
        assertThat(first.begin()).isTrue();
        assertThat(passage(other).begin()).isTrue();

        Passage tooMany = passage(one);
        assertThat(tooMany.begin()).isFalse();
        assertThat(one.refused(Refused.LIMIT)).isOne();
        assertThat(one.refused(Refused.ROUTE_LIMIT)).isZero();
        assertThat(tooMany.end(Ending.ANSWERED)).isTrue();

        assertThat(first.end(Ending.ANSWERED)).isTrue();
        assertThat(passage(other).begin()).isTrue();
        assertThat(other.refused(Refused.LIMIT)).isZero();
        assertThat(inFlight.count()).isEqualTo(LIMIT);
    }

    @Test
    void essentialOnesAreAdmittedAboveIt() {
        assertThat(passage(one).begin()).isTrue();
        assertThat(passage(one).begin()).isTrue();

        assertThat(passage(essential).begin()).isTrue();
        assertThat(essential.refused(Refused.LIMIT)).isZero();
        assertThat(inFlight.count()).isEqualTo(LIMIT + 1);
    }

    /** One that is judged at its arrival has not begun. */
    @Test
    void anArrivalIsRefusedWhenAsManyAreUnderWay() {
        assertThat(passage(one).begin()).isTrue();
        assertThat(admission.arrival(other, false, loop)).isSameAs(Verdict.ADMITTED);
        assertThat(admission.servesAtOnce(other, loop)).isTrue();

        assertThat(passage(one).begin()).isTrue();
        assertThat(admission.servesAtOnce(other, loop)).isFalse();
        assertThat(admission.arrival(other, false, loop)).isInstanceOf(Refusals.Answer.class);
        assertThat(other.refused(Refused.LIMIT)).isOne();
        assertThat(admission.servesAtOnce(essential, loop)).isTrue();
        assertThat(admission.arrival(essential, false, loop)).isSameAs(Verdict.ADMITTED);
        assertThat(inFlight.begun()).isEqualTo(LIMIT + 1);
        assertThat(inFlight.count()).isEqualTo(LIMIT);
    }
}
