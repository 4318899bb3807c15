package io.fasterapi.spring.webflux.compile;

import static io.fasterapi.spring.testing.RawConnection.json;
import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fasterapi.route.FastPath;
import io.fasterapi.spring.ConfigurationRefusedException;
import io.fasterapi.spring.testing.Answer;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.spring.webflux.route.Lane;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What a compiled method does that an equality suite cannot see: it is called directly, on a core,
 * once, and only when everything is in order.
 */
class CompiledMethodTest {

    final RunningApplication application = RunningApplication.start(sources());

    private final CompiledApplication controller = application.bean(CompiledApplication.class);

    List<Class<?>> sources() {
        return List.of(CompiledApplication.class);
    }

    /** Returns the lane that ordinary requests of synchronous methods take. */
    String lane() {
        return "direct";
    }

    private long served(String lane) {
        return application
                .bean(ControllerRoutes.class)
                .counters()
                .calls(Lane.valueOf(lane.toUpperCase(Locale.ROOT)));
    }

    @AfterEach
    void close() {
        application.awaitIdle();
        application.close();
    }

    @Test
    void theFirstRequestOfItsKindTeachesTheRoute() throws IOException {
        assertThat(application.get("/lane/7").text()).startsWith("filtered fasterapi-core-");
        assertThat(application.get("/lane/7").text()).startsWith(lane() + " fasterapi-core-");
        assertThat(application.get("/lane/8?mark=y").text()).endsWith(" 8 y");
        String other = request("GET", "/lane/7", "Accept: text/plain");
        assertThat(application.exchange(other).text()).startsWith("filtered ");
        assertThat(application.exchange(other).text()).startsWith(lane());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Expect: 100-continue",
                "Range: bytes=0-1",
                "If-None-Match: \"x\"",
                "Content-Length: 1\r\nContent-Type: text/plain",
                "Transfer-Encoding: chunked",
            })
    void whatItDoesNotCoverTakesTheWholeWay(String header) throws IOException {
        application.get("/lane/7");
        application.get("/lane/7");

        String body = header.startsWith("Content") ? "x" : "";
        body = header.startsWith("Transfer") ? "0\r\n\r\n" : body;
        String sent = request("GET", "/lane/7", header) + body;

        assertThat(application.exchange(sent).text()).startsWith("filtered ");
        assertThat(application.get("/lane/%37").text()).startsWith("filtered ");
        assertThat(application.get("/lane/7").text()).startsWith(lane());
    }

    @Test
    void bodiesAreReadAndValidatedBeforeTheCall() throws IOException {
        application.exchange(json("/items", "{\"name\":\"pen\"}"));
        int calls = controller.calls.get();

        Answer answer = application.exchange(json("/items", "{\"name\":\"ink\"}"));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(served(lane())).isEqualTo(lane().equals("direct") ? 1 : 2);
        assertThat(answer.text()).isEqualTo("{\"name\":\"ink\"}");
        assertThat(application.exchange(json("/items", "{\"name\":\"\"}")).status()).isEqualTo(400);
        assertThat(application.exchange(json("/items", "{\"name\":")).status()).isEqualTo(400);
        assertThat(application.exchange(json("/items", "null")).status()).isEqualTo(400);
        assertThat(controller.calls).hasValue(calls + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/failing", "/failing-later", "/failing-stage"})
    void aFailureIsHandledByTheControllerAndTheMethodCalledOnce(String path) throws IOException {
        application.get(path + "?not=this-time");
        int calls = controller.calls.get();

        Answer answer = application.get(path);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text())
                .startsWith("handled " + (path.equals("/failing") ? lane() : "filtered") + " ");
        assertThat(controller.calls).hasValue(calls + 1);
    }

    @Test
    void aValueThatCannotBeWrittenIsGivenToWebFluxOnce() throws IOException {
        application.get("/unwritable");
        int calls = controller.calls.get();

        Answer answer = application.get("/unwritable");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(controller.calls).hasValue(calls + 1);
    }

    @Test
    void aMonoMayAnswerLater() throws IOException {
        application.get("/later");

        assertThat(application.get("/later").text()).startsWith("filtered "); // it is observed
    }

    @Test
    void aClientThatHangsUpCancels() throws Exception {
        application.get("/later");
        teachNever();
        try (RawConnection connection = application.connect()) {
            connection.send(request("GET", "/never"));
            org.awaitility.Awaitility.await()
                    .atMost(60, TimeUnit.SECONDS)
                    .until(() -> controller.calls.get() >= 3);
        }
        assertThat(controller.cancelled.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private void teachNever() throws IOException {
        try (RawConnection connection = application.connect()) {
            connection.send(request("GET", "/never"));
            org.awaitility.Awaitility.await()
                    .atMost(60, TimeUnit.SECONDS)
                    .until(() -> controller.calls.get() == 2);
        }
    }

    @Test
    void askingForItByNameIsHonouredOrRefused() {
        try (RunningApplication asking =
                RunningApplication.start(
                        List.of(CompiledApplication.class, Asking.class),
                        "fasterapi.fast-lane.controllers=annotated")) {
            assertThat(asking.bean(ControllerRoutes.class).report())
                    .filteredOn(row -> row.lane().equals("direct"))
                    .extracting(row -> row.pattern())
                    .containsExactly("/asking");
        }
        assertThatThrownBy(
                        () ->
                                RunningApplication.start(
                                        List.of(
                                                CompiledApplication.class,
                                                Asking.class,
                                                LaneTableWiringTest.Filter.class)))
                .rootCause()
                .isInstanceOf(ConfigurationRefusedException.class)
                .hasMessageContaining("@FastPath on")
                .hasMessageContaining("/asking")
                .hasMessageContaining("WebFilter 'passing' applies");
    }

    /** Asks for the direct lane by name. */
    @RestController
    static class Asking {

        @FastPath
        @GetMapping("/asking")
        String asking() {
            return "asked";
        }
    }
}
