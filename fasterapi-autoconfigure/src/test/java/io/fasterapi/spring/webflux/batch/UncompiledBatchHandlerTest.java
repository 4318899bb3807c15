package io.fasterapi.spring.webflux.batch;

import static io.fasterapi.spring.testing.RawConnection.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.webflux.compile.ControllerRoutes;
import io.fasterapi.spring.webflux.invoke.LaneCounters;
import io.fasterapi.spring.webflux.route.Lane;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The same where controllers stay on WebFlux. */
class UncompiledBatchHandlerTest extends BatchHandlerTest {

    @Override
    String[] properties() {
        return new String[] {"fasterapi.fast-lane.controllers=off"};
    }

    @Override
    Lane lane() {
        return Lane.WEBFLUX;
    }

    @Test
    void nothingIsOnAnotherLane() throws IOException {
        assertThat(application.exchange(json("/batched/list", ORDER)).status()).isEqualTo(201);
        LaneCounters counters = application.bean(ControllerRoutes.class).counters();
        assertThat(counters.calls(Lane.WEBFLUX)).isPositive();
        assertThat(counters.calls(Lane.DIRECT)).isZero();
        assertThat(counters.calls(Lane.FILTERED)).isZero();
    }
}
