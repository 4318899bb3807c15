package io.fasterapi.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.webflux.compile.ControllerRoutes;
import java.net.http.HttpClient;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** The same application without us: its controllers start, and answer as before. */
// tag::off[]
@TestPropertySource(properties = "fasterapi.enabled=false")
// end::off[]
class SwitchedOffTest extends OnRealPort {

    @Autowired private ObjectProvider<ControllerRoutes> lanes;

    /**
     * A connection for each request: without FasterAPI, Reactor Netty may read no more from one
     * whose last answer came from another thread, as that of a core does (its issue 4361).
     */
    @Override
    HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @Test
    void controllersAnswer() throws Exception {
        assertThat(lanes.stream()).isEmpty();
        assertThat(json(get("/json")).get("message").asString()).isNotEmpty();
        for (int i = 1; i <= 3; i++) {
            assertThat(json(post("/counters/off", "")).get("value").asLong()).isEqualTo(i);
        }
        assertThat(json(get("/counters")).get("off").asLong()).isEqualTo(3);
        assertThat(json(get("/budget")).get("millis").asLong()).isEqualTo(-1);
        assertThat(get("/actuator/health").statusCode()).isEqualTo(200);
    }
}
