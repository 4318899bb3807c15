package io.fasterapi.spring.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.core.HandlerCores;
import io.fasterapi.placement.Refused;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

/** What health and info say of a running server. */
@ExtendWith(OutputCaptureExtension.class)
class ServerHealthWiringTest {

    private static RunningApplication start(String... properties) {
        String[] all = new String[properties.length + 4];
        all[0] = "fasterapi.cores.count=2";
        all[1] = "fasterapi.io.threads=1";
        all[2] = "management.endpoint.health.show-details=always";
        all[3] = "management.endpoints.web.exposure.include=health,info";
        System.arraycopy(properties, 0, all, 4, properties.length);
        return RunningApplication.start(Application.class, all);
    }

    @Test
    void healthAndInfoHaveTheirDetails() throws IOException {
        try (RunningApplication application = start()) {
            assertThat(application.get("/actuator/health/fasterapi").text())
                    .contains("\"status\":\"UP\"")
                    .contains(
                            "\"cores\":{\"count\":2,\"running\":2,\"overloaded\":0,\"replaced\":0}")
                    .contains("\"loops\":1")
                    .contains("\"queued\":")
                    .contains("\"overload\":\"0 s\"")
                    .contains("\"direct\":");
            assertThat(application.get("/actuator/info").text())
                    .contains("\"fasterapi\":{\"version\":")
                    .contains(
                            "\"virtualThreads\":"
                                    + (Runtime.version().feature() >= 21)
                                    + ",\"transport\":")
                    .contains("\"aotCache\":false")
                    .contains("\"unsafe\":");
        }
    }

    @Test
    void switchedOffItLeavesAGroupThatNamesItToItsOtherMembers() throws IOException {
        try (RunningApplication application =
                start(
                        "fasterapi.enabled=false",
                        "management.endpoint.health.probes.enabled=true",
                        "management.endpoint.health.group.readiness.include="
                                + "readinessState, fasterapi")) {
            assertThat(application.get("/actuator/health/readiness").text())
                    .contains("FasterAPI is off")
                    .endsWith("\"readinessState\":{\"status\":\"UP\"}},\"status\":\"UP\"}");
        }
        try (RunningApplication application = start("fasterapi.enabled=false")) {
            assertThat(application.get("/actuator/health").text()).doesNotContain("\"fasterapi\"");
        }
    }

    @Test
    void aCoreWithoutAThreadIsDown() {
        try (RunningApplication application = start()) {
            ServerHealth health = application.bean(ServerHealth.class);
            assertThat(health.health().getStatus()).isEqualTo(Status.UP);
            application.bean(HandlerCores.class).stop(Duration.ofSeconds(10));
            assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        }
    }

    @Test
    void aLastingOverloadPutsItOutOfServiceIfThatIsAskedFor(CapturedOutput output) {
        try (RunningApplication application = start("fasterapi.admission.unready-after=1ms")) {
            ServerHealth health = application.bean(ServerHealth.class);
            refuse(application);
            assertThat(health.health().getStatus()).isEqualTo(Status.UP); // by a single one
            await().until(
                            () -> {
                                refuse(application);
                                return health.health().getStatus().equals(Status.OUT_OF_SERVICE);
                            });
            await().until(() -> output.getAll().contains("an overload episode begins"));
        }
        assertThat(output)
                .containsOnlyOnce(
                        "an overload episode begins, requests are refused: GET /x (waited)");
    }

    @Test
    void elseItOnlyShows() {
        try (RunningApplication application = start()) {
            await().until(
                            () -> {
                                refuse(application);
                                return !application
                                        .bean(ServerParts.class)
                                        .placements()
                                        .overload()
                                        .lasted()
                                        .isZero();
                            });
            assertThat(application.bean(ServerHealth.class).health().getStatus())
                    .isEqualTo(Status.UP);
        }
    }

    @Test
    void bothCanBeSwitchedOff() {
        try (RunningApplication application =
                start(
                        "management.health.fasterapi.enabled=false",
                        "management.info.fasterapi.enabled=false")) {
            assertThat(application.context().getBeanProvider(ServerHealth.class)).isEmpty();
            assertThat(application.context().getBeanProvider(ServerInfo.class)).isEmpty();
        }
    }

    private static void refuse(RunningApplication application) {
        ServerParts parts = application.bean(ServerParts.class);
        parts.placements().of("GET", "/x", null).load().refuse(Refused.WAITED);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
