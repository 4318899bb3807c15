package io.fasterapi.spring.webflux.compile;

import static io.fasterapi.spring.testing.RawConnection.request;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationRegistryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** What handlers and the application's own handlers see of a request's observation. */
class ObservationsEqualityTest extends ComparedSettings {

    private static final String NAME = "http.server.requests";
    private static final int REQUESTS = 10;

    @Override
    List<Class<?>> sources() {
        return List.of(Application.class);
    }

    @ParameterizedTest
    @EnumSource
    void theObservationIsInTheContext(Setting setting) throws IOException {
        String asked = request("GET", "/in-context");
        assertThat(assertLikeStock(setting, "GET /in-context", asked).text()).isEqualTo("seen");
    }

    /**
     * What is current on the handler's thread without automatic propagation is stock's business.
     */
    @ParameterizedTest
    @EnumSource
    void theCurrentObservationIsStocks(Setting setting) throws IOException {
        assertLikeStock(setting, "GET /current", request("GET", "/current"));
        assertLikeStock(setting, "GET /current-later", request("GET", "/current-later"));
    }

    @ParameterizedTest
    @EnumSource
    void aHandlerThatACustomizerRegistersSeesEveryRequest(Setting setting) throws IOException {
        RunningApplication application = in(setting);
        application.get("/plain");
        Audit audit = application.bean(Holder.class).audit();
        await().atMost(20, SECONDS).until(() -> audit.stopped.get() == audit.started.get());
        int before = audit.started.get();
        LaneWatch watch = LaneWatch.of(application, "GET /plain");

        for (int i = 0; i < REQUESTS; i++) {
            application.get("/plain");
        }

        await().atMost(20, SECONDS).until(() -> audit.stopped.get() == before + REQUESTS);
        assertThat(audit.started).hasValue(before + REQUESTS);
        LaneWatch.assertAllServed(watch, REQUESTS, setting);
    }

    @ParameterizedTest
    @EnumSource
    void aSlowRequestIsActive(Setting setting) throws IOException {
        RunningApplication application = in(setting);
        Slow slow = application.bean(Slow.class);
        for (int i = 0; i < 3; i++) {
            application.get("/active");
        }
        try (RawConnection waiting = application.connect()) {
            waiting.send(request("GET", "/slow"));
            await().atMost(20, SECONDS).until(() -> slow.answer.currentSubscriberCount() == 1);
            await().atMost(20, SECONDS).until(() -> active(application) == 1);
            LaneWatch watch = LaneWatch.of(application, "GET /active");

            assertThat(application.get("/active").text()).isEqualTo("2");

            LaneWatch.assertAllServed(watch, 1, setting);
            slow.answer.tryEmitNext("done");
            assertThat(waiting.read().text()).isEqualTo("done");
        }
        await().atMost(20, SECONDS).until(() -> active(application) == 0);
    }

    private static int active(RunningApplication application) {
        return active(application.bean(MeterRegistry.class));
    }

    private static int active(MeterRegistry meters) {
        return meters.find(NAME + ".active").longTaskTimers().stream()
                .mapToInt(LongTaskTimer::activeTasks)
                .sum();
    }

    /** Counts observations of requests. */
    static final class Audit implements ObservationHandler<Observation.Context> {

        final AtomicInteger started = new AtomicInteger();
        final AtomicInteger stopped = new AtomicInteger();

        @Override
        public void onStart(Observation.Context context) {
            started.incrementAndGet();
        }

        @Override
        public void onStop(Observation.Context context) {
            stopped.incrementAndGet();
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof ServerRequestObservationContext;
        }
    }

    /** Answers when the test says so. */
    @RestController
    static class Slow {

        final Sinks.Many<String> answer = Sinks.many().multicast().directBestEffort();

        @GetMapping("/slow")
        Mono<String> slow() {
            return answer.asFlux().next();
        }
    }

    /** The registry's customizer holds the handler, which is a bean of its own class alone. */
    record Holder(Audit audit) {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Slow slow() {
            return new Slow();
        }

        @Bean
        Endpoints endpoints(ObservationRegistry observations, MeterRegistry meters) {
            return new Endpoints(observations, meters);
        }

        @Bean
        Holder holder() {
            return new Holder(new Audit());
        }

        @Bean
        ObservationRegistryCustomizer<ObservationRegistry> audited(Holder holder) {
            return registry -> registry.observationConfig().observationHandler(holder.audit());
        }
    }

    @RestController
    static class Endpoints {

        private final ObservationRegistry observations;
        private final MeterRegistry meters;

        Endpoints(ObservationRegistry observations, MeterRegistry meters) {
            this.observations = observations;
            this.meters = meters;
        }

        @GetMapping("/plain")
        String plain() {
            return "plain";
        }

        @GetMapping("/in-context")
        Mono<String> inContext() {
            return Mono.deferContextual(
                    context -> {
                        Observation found = context.get(ObservationThreadLocalAccessor.KEY);
                        found.lowCardinalityKeyValue("tenant", "acme");
                        return Mono.just("seen");
                    });
        }

        @GetMapping("/current")
        String current() {
            return String.valueOf(observations.getCurrentObservation() != null);
        }

        @GetMapping("/current-later")
        Mono<String> currentLater() {
            return Mono.fromCallable(this::current);
        }

        @GetMapping("/active")
        String active() {
            return String.valueOf(ObservationsEqualityTest.active(meters));
        }
    }
}
