package io.fasterapi.spring.webflux.batch;

import static io.fasterapi.spring.testing.RawConnection.json;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.batch.Batcher;
import io.fasterapi.batch.Batchers;
import io.fasterapi.placement.Placements;
import io.fasterapi.placement.Refused;
import io.fasterapi.placement.RouteLoad;
import io.fasterapi.spring.testing.Answer;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.spring.webflux.compile.ControllerRoutes;
import io.fasterapi.spring.webflux.route.Lane;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Sinks;

/** Requests behind a batch that never ends. */
@Timeout(value = 120, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BatchOverloadTest {

    private static final String ROUTE = "POST /batched/held";

    private static RunningApplication start(Lane lane) {
        List<Class<?>> sources =
                new ArrayList<>(List.of(BatchApplication.class, BatchApplication.Batched.class));
        if (lane == Lane.FILTERED) {
            sources.add(BatchFilters.class);
        }
        return RunningApplication.start(
                sources,
                "fasterapi.admission.patience=200ms",
                "fasterapi.fast-lane.controllers=" + (lane == Lane.WEBFLUX ? "off" : "auto"));
    }

    @ParameterizedTest
    @EnumSource(Lane.class)
    void theyAreRefusedOnEveryLaneAndCounted(Lane lane) throws IOException {
        try (RunningApplication application = start(lane);
                RawConnection first = application.connect();
                RawConnection second = application.connect()) {
            BatchApplication.Batched controller = application.bean(BatchApplication.Batched.class);
            Sinks.Empty<Void> open = Sinks.empty();
            open.tryEmitEmpty();
            controller.gate.set(open);
            String request = json("/batched/held", BatchHandlerTest.ORDER);
            for (int i = 0; i < 3; i++) { // teaches the route
                assertThat(first.exchange(request).text()).isEqualTo("a");
            }
            ControllerRoutes routes = application.bean(ControllerRoutes.class);
            long served = routes.counters().calls(lane);
            Sinks.Empty<Void> never = Sinks.empty();
            controller.gate.set(never);
            first.send(request);
            await().until(() -> controller.sizes.size() == 4);
            Answer refused = second.exchange(request);

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).matches("[1-9]\\d*");
            assertThat(refused.body()).isEmpty();
            Batcher<?, ?> batcher =
                    application.bean(Batchers.class).all().stream()
                            .filter(each -> each.name().equals(ROUTE))
                            .findFirst()
                            .orElseThrow();
            assertThat(batcher.counters().refused()).isOne();
            assertThat(batcher.counters().queued()).isZero();
            RouteLoad load = application.bean(Placements.class).find(ROUTE).load();
            assertThat(load.refused(Refused.WAITED)).isOne();
            assertThat(load.refused(Refused.BATCH_FULL)).isZero();

            never.tryEmitEmpty();
            assertThat(first.read().text()).isEqualTo("a");
            assertThat(controller.sizes).containsExactly(1, 1, 1, 1);
            assertThat(routes.counters().calls(lane)).isGreaterThan(served);
        }
    }
}
