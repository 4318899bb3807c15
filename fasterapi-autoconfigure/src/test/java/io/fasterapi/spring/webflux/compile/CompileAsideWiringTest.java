package io.fasterapi.spring.webflux.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.server.ServerParts;
import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.spring.webflux.route.RouteReport;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Controllers are compiled once the server is up, by whoever needs it first. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CompileAsideWiringTest {

    @Test
    void oneThatAsksBeforeItBeganCompilesThemItself() throws IOException {
        try (RunningApplication application = RunningApplication.start(Asking.class)) {
            assertThat(application.bean(Asking.class).seen)
                    .filteredOn(row -> row.pattern().equals("/text"))
                    .extracting(RouteReport::lane)
                    .containsExactly("direct");
            assertThat(application.get("/text").text()).isEqualTo("text");
        }
    }

    /** Spring starts what a bean depends on before the bean: what serves must not be started so. */
    @Test
    void itBeginsThoughSomethingThatStartsEarlyNeedsIt() {
        try (RunningApplication application = RunningApplication.start(Early.class)) {
            assertThat(application.bean(ControllerRoutes.class).report())
                    .filteredOn(row -> row.pattern().equals("/text"))
                    .extracting(RouteReport::lane)
                    .containsExactly("direct");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Asking {

        private final ServerParts parts;
        private List<RouteReport> seen = List.of();

        Asking(ServerParts parts) {
            this.parts = parts;
        }

        @EventListener
        void onServer(WebServerInitializedEvent event) {
            seen = parts.controllers().report();
        }

        @GetMapping("/text")
        String text() {
            return "text";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Early implements SmartLifecycle {

        private final ServerParts parts;
        private boolean running;

        Early(ServerParts parts) {
            this.parts = parts;
        }

        @GetMapping("/text")
        String text() {
            return parts.toString();
        }

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            running = false;
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return 0;
        }
    }
}
