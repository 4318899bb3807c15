package io.fasterapi.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.placement.Placement;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.spring.testing.OwnThreads;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/** An application that brings its own event loops keeps them. */
@ExtendWith(OutputCaptureExtension.class)
class ForeignLoopsWiringTest {

    @Test
    void theyServeAndOutliveNobody(CapturedOutput output) throws IOException {
        OwnThreads threads = new OwnThreads();
        try (RunningApplication application =
                RunningApplication.start(Application.class, "fasterapi.io.threads=3")) {
            for (int i = 0; i < 2; i++) {
                assertThat(application.get("/inline").text()).startsWith("own-loops-");
                assertThat(application.get("/core").text()).startsWith("fasterapi-core-");
                assertThat(threads.names()).noneMatch(name -> name.startsWith("fasterapi-io"));
                application.awaitIdle();
                application.context().stop();
                threads.awaitNone();
                application.context().start();
            }
        }
        threads.awaitNone();
        assertThat(output)
                .contains("ReactorResourceFactory 'ownLoops'")
                .contains("fasterapi.io.threads is not used");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @Bean
        ReactorResourceFactory ownLoops() {
            ReactorResourceFactory factory = new ReactorResourceFactory();
            factory.setUseGlobalResources(false);
            factory.setLoopResourcesSupplier(() -> LoopResources.create("own-loops", 1, true));
            factory.setConnectionProviderSupplier(ConnectionProvider::newConnection);
            return factory;
        }

        @Bean
        FastRoutes routes() {
            return FastRoutes.builder()
                    .get(
                            "/inline",
                            Placement.INLINE,
                            (request, response) -> response.text(Thread.currentThread().getName()))
                    .build();
        }

        @GetMapping("/core")
        String core() {
            return Thread.currentThread().getName();
        }
    }
}
