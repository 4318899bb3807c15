package io.fasterapi.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.batch.BatchFunction;
import io.fasterapi.batch.BatchOptions;
import io.fasterapi.batch.Batcher;
import io.fasterapi.batch.Batchers;
import io.fasterapi.pool.ObjectPools;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.spring.testing.OwnThreads;
import io.fasterapi.spring.testing.RunningApplication;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/** Switched off, nothing of ours has a part in the server, whatever the code has asked for. */
class SwitchWiringTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theServerIsStocksOrNot(boolean enabled) throws IOException {
        OwnThreads threads = new OwnThreads();
        try (RunningApplication application =
                RunningApplication.start(Application.class, "fasterapi.enabled=" + enabled)) {
            assertThat(application.get("/batched/a").text()).isEqualTo("a!");
            assertThat(application.get("/fast").text()).isEqualTo("fast");

            assertThat(ofOurs(application.bean(NettyReactiveWebServerFactory.class)))
                    .isEqualTo(enabled);
            assertThat(
                            Stream.of(
                                            WebHttpHandlerBuilderCustomizer.class,
                                            HttpHandlerDecoratorFactory.class,
                                            WebFilter.class)
                                    .map(type -> application.context().getBeanNamesForType(type))
                                    .flatMap(Stream::of)
                                    .anyMatch(name -> name.startsWith("fasterApi")))
                    .isEqualTo(enabled);
            assertThat(
                            application.bean(MeterRegistry.class).getMeters().stream()
                                    .anyMatch(each -> isOurs(each.getId().getName())))
                    .isEqualTo(enabled);
            assertThat(threads.names().isEmpty()).isEqualTo(!enabled);
        }
        threads.awaitNone();
    }

    private static boolean isOurs(String meter) {
        return meter.startsWith("fasterapi.");
    }

    private static boolean ofOurs(NettyReactiveWebServerFactory factory) {
        return factory.getServerCustomizers().stream()
                .anyMatch(each -> each.getClass().getName().startsWith("io.fasterapi."));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        FastRoutes fastRoutes(ObjectPools pools) {
            pools.create("builders", StringBuilder::new);
            return FastRoutes.builder().get("/fast", (req, res) -> res.text("fast")).build();
        }

        @Bean
        Endpoints endpoints(Batchers batchers) {
            return new Endpoints(batchers);
        }
    }

    @RestController
    static class Endpoints {

        private final Batcher<String, String> batcher;

        Endpoints(Batchers batchers) {
            batcher =
                    batchers.create(
                            "own", BatchOptions.defaults(), BatchFunction.ofList(Endpoints::batch));
        }

        private static List<String> batch(List<String> items) {
            return items.stream().map(item -> item + "!").toList();
        }

        @GetMapping("/batched/{item}")
        Mono<String> batched(@PathVariable String item) {
            return batcher.submit(item);
        }
    }
}
