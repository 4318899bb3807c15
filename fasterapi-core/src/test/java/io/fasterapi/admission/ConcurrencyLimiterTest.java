package io.fasterapi.admission;

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
class ConcurrencyLimiterTest {

    private static final int LIMIT = 2;

    private final Placements placements =
            new Placements(
                    Placement.INLINE,
                    template -> null,
                    new LoadLimits(() -> ConcurrencyLimit.fixed(100), "/essential"::equals));
    private final RouteLoad one = placements.of("GET", "/one", null).load();
    private final RouteLoad other = placements.of("GET", "/other", null).load();
    private final RouteLoad essential = placements.of("GET", "/essential", null).load();
    private final ConcurrencyLimiter limiter = new ConcurrencyLimiter(LIMIT);
    private final Admission admission = Admission.of(limiter);
    private final EventLoop loop = new DefaultEventLoop();

    @AfterEach
    void stop() {
        loop.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private RequestPermit permit(RouteLoad route) {
        return admission.permit(route, EmptyHttpHeaders.INSTANCE);
    }

    @Test
    void asManyAsTheLimitAreAdmittedAndNoMore() {
        RequestPermit first = permit(one);
        assertThat(first.begin()).isTrue();
        assertThat(permit(other).begin()).isTrue();

        RequestPermit tooMany = permit(one);
        assertThat(tooMany.begin()).isFalse();
        assertThat(one.refused(Refused.LIMIT)).isOne();
        assertThat(one.refused(Refused.ROUTE_LIMIT)).isZero();
        assertThat(tooMany.end(Ending.ANSWERED)).isTrue();

        assertThat(first.end(Ending.ANSWERED)).isTrue();
        assertThat(permit(other).begin()).isTrue();
        assertThat(other.refused(Refused.LIMIT)).isZero();
        assertThat(limiter.count()).isEqualTo(LIMIT);
    }

    @Test
    void essentialOnesAreAdmittedAboveIt() {
        assertThat(permit(one).begin()).isTrue();
        assertThat(permit(one).begin()).isTrue();

        assertThat(permit(essential).begin()).isTrue();
        assertThat(essential.refused(Refused.LIMIT)).isZero();
        assertThat(limiter.count()).isEqualTo(LIMIT + 1);
    }

    /** One that is judged at its arrival has not begun. */
    @Test
    void anArrivalIsRefusedWhenAsManyAreUnderWay() {
        assertThat(permit(one).begin()).isTrue();
        assertThat(admission.arrival(other, false, loop)).isSameAs(Verdict.ADMITTED);
        assertThat(admission.servesInline(other, loop)).isTrue();

        assertThat(permit(one).begin()).isTrue();
        assertThat(admission.servesInline(other, loop)).isFalse();
        assertThat(admission.arrival(other, false, loop)).isInstanceOf(Refusals.Answer.class);
        assertThat(other.refused(Refused.LIMIT)).isOne();
        assertThat(admission.servesInline(essential, loop)).isTrue();
        assertThat(admission.arrival(essential, false, loop)).isSameAs(Verdict.ADMITTED);
        assertThat(limiter.begun()).isEqualTo(LIMIT + 1);
        assertThat(limiter.count()).isEqualTo(LIMIT);
    }
}
