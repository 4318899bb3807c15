package io.fasterapi.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.testing.RunningApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

/** What the log says at the start: what is on, and where to see it. */
@ExtendWith(OutputCaptureExtension.class)
class StartLineWiringTest {

    private static final String EXPOSED = "management.endpoints.web.exposure.include=fasterapi";

    @Test
    void namesThreadsRingsAndTheReport(CapturedOutput output) {
        try (RunningApplication application =
                start(
                        "fasterapi.cores.count=2",
                        "fasterapi.io.threads=3",
                        "fasterapi.cores.ring-size=64",
                        EXPOSED)) {
            assertThat(output)
                    .containsOnlyOnce(
                            "FasterAPI: 3 event loops, 2 handler cores with rings of 64 slots"
                                    + " (park); report: /actuator/fasterapi on port "
                                    + application.port());
        }
    }

    @Test
    void oneIsOne(CapturedOutput output) {
        start("fasterapi.cores.count=1", "fasterapi.io.threads=1").close();
        assertThat(output)
                .contains("FasterAPI: 1 event loop, 1 handler core with rings of 4096 slots (park)")
                .contains("FasterAPI stopped: 0 requests accepted, 0 ended");
    }

    @Test
    void namesBasePathAndManagementPort(CapturedOutput output) {
        try (RunningApplication application =
                start(
                        EXPOSED,
                        "spring.webflux.base-path=/app",
                        "management.endpoints.web.base-path=/ops",
                        "management.endpoints.web.path-mapping.fasterapi=lanes")) {
            assertThat(output).contains("; report: /app/ops/lanes on port " + application.port());
        }
        try (RunningApplication application =
                start(EXPOSED, "management.server.port=0", "spring.webflux.base-path=/app")) {
            int port = application.port("local.management.port");
            assertThat(output).contains("; report: /actuator/fasterapi on port " + port);
        }
    }

    @Test
    void saysWhatToExpose(CapturedOutput output) {
        start().close();
        assertThat(output)
                .contains(
                        "; report: not exposed, add 'fasterapi' to"
                                + " management.endpoints.web.exposure.include");
    }

    private static RunningApplication start(String... properties) {
        return RunningApplication.start(Application.class, properties);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
