package io.fasterapi.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GreetingTest extends OnRealPort {

    @Test
    void annotatedControllerAnswersJson() throws Exception {
        HttpResponse<String> response = get("/json");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(type(response)).isEqualTo("application/json");
        assertThat(response.body()).isEqualTo("{\"message\":\"Hello, World!\"}");
    }

    @Test
    void annotatedControllerAnswersText() throws Exception {
        HttpResponse<String> response = get("/plaintext");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(type(response)).startsWith("text/plain");
        assertThat(response.body()).isEqualTo("Hello, World!");
    }

    @Test
    void functionalRouteDecodesItsVariable() throws Exception {
        HttpResponse<String> response = get("/hello/Gr%C3%A4ce%20H");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"message\":\"Hello, Gräce H!\"}");
    }

    @Test
    void computesForFiveMillisecondsOfCpu() throws Exception {
        HttpResponse<String> response = get("/slow/compute");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).get("cpuMicros").asLong()).isGreaterThanOrEqualTo(5_000L);
    }

    /** Here the clock is the test's: each look at it finds another half of a millisecond used. */
    @Test
    void computesNoLongerThanThat() {
        AtomicLong clock = new AtomicLong();
        SlowController controller = new SlowController(() -> clock.getAndAdd(500_000));

        assertThat(controller.compute().cpuMicros()).isEqualTo(5_000L);
    }

    @Test
    void sleepsAsLongAsAsked() throws Exception {
        HttpResponse<String> response = get("/slow/sleep?ms=20");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).get("millis").asInt()).isEqualTo(20);
        assertThat(json(get("/slow/sleep")).get("millis").asInt()).isEqualTo(100);
        assertThat(json(get("/slow/sleep?ms=1000000")).get("millis").asInt()).isEqualTo(1_000);
        assertThat(json(get("/slow/sleep?ms=-1")).get("millis").asInt()).isZero();
    }
}
