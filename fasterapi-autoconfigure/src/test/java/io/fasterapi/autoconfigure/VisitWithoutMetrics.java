package io.fasterapi.autoconfigure;

import io.fasterapi.route.FastRoutes;
import io.fasterapi.spring.testing.RunningApplication;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Starts an application, asks it by both lanes, and returns the two answers. */
public final class VisitWithoutMetrics implements Callable<String> {

    @Override
    public String call() throws Exception {
        try {
            Class.forName("io.micrometer.core.instrument.MeterRegistry");
            throw new AssertionError("Micrometer: present (expected: absent)");
        } catch (ClassNotFoundException expected) {
            try (RunningApplication application = RunningApplication.start(Application.class)) {
                return application.get("/direct").text() + " " + application.get("/webflux").text();
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @Bean
        FastRoutes routes() {
            return FastRoutes.builder()
                    .get("/direct", (request, response) -> response.json(Map.of("name", "direct")))
                    .build();
        }

        @GetMapping("/webflux")
        String webflux() {
            return "webflux";
        }
    }
}
