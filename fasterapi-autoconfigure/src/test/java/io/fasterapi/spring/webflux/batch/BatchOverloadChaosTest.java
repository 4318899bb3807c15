package io.fasterapi.spring.webflux.batch;

import static io.fasterapi.spring.testing.RawConnection.json;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.batch.BatchHandler;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Requests behind a batch that never ends. */
@Timeout(value = 120, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BatchOverloadChaosTest {

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

    /** Two handlers whose calls end when the test says so, one of them essential. */
    @RestController
    static class Held {

        final Sinks.Empty<Void> end = Sinks.empty();
        final AtomicInteger begun = new AtomicInteger();

        @PostMapping("/held/essential")
        @BatchHandler
        Mono<List<String>> essential(List<String> items) {
            begun.incrementAndGet();
            return end.asMono().thenReturn(items);
        }

        @PostMapping("/held/other")
        @BatchHandler
        Mono<List<String>> other(List<String> items) {
            return essential(items);
        }
    }

    @Test
    void thoseOfAnEssentialRouteAreNot() throws IOException {
        List<RawConnection> clients = new ArrayList<>();
        try (RunningApplication application =
                RunningApplication.start(
                        List.of(BatchApplication.class, Held.class),
                        "fasterapi.admission.patience=200ms",
                        "fasterapi.admission.essential=/held/essential")) {
            Held controller = application.bean(Held.class);
            int sent = 0;
            for (String path : List.of("/held/essential", "/held/other")) {
                for (int queued = 0; queued < 2; queued++) {
                    RawConnection client = application.connect();
                    clients.add(client);
                    client.send(json(path, "\"a\""));
                    int begun = 1 + sent++ / 2;
                    int waiting = queued;
                    await().until(
                                    () ->
                                            controller.begun.get() == begun
                                                    && batcher(application, "POST " + path)
                                                                    .counters()
                                                                    .queued()
                                                            == waiting);
                }
            }
            assertThat(clients.get(3).read().status()).isEqualTo(503);
            Batcher<?, ?> essential = batcher(application, "POST /held/essential");
            assertThat(essential.counters().queued()).isOne();
            assertThat(essential.counters().refused()).isZero();
            controller.end.tryEmitEmpty();
            for (RawConnection client : clients.subList(0, 3)) {
                assertThat(client.read().status()).isEqualTo(200);
            }
        } finally {
            for (RawConnection client : clients) {
                client.close();
            }
        }
    }

    private static Batcher<?, ?> batcher(RunningApplication application, String name) {
        return application.bean(Batchers.class).all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
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
            Batcher<?, ?> batcher = batcher(application, ROUTE);
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
