package io.fasterapi.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(properties = "fasterapi.deadline-header=X-Request-Budget")
class BudgetTest extends OnRealPort {

    @Test
    void saysWhatIsLeftOfTheCallersTime() throws Exception {
        for (int i = 0; i < 3; i++) { // through WebFlux at first, then on the direct lane
            HttpResponse<String> response =
                    client().send(
                                    request("/budget").header("X-Request-Budget", "60000").build(),
                                    BodyHandlers.ofString());
            assertThat(json(response).get("millis").asLong()).isBetween(1L, 60_000L);
        }
        assertThat(json(get("/budget")).get("millis").asLong()).isEqualTo(-1);
    }
}
