package io.fasterapi.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** The comparison with a stock application in the same JVM, as the page asks for it. */
@TestPropertySource(
        properties = {
            "quickstart.side-by-side.warm-up=300ms",
            "quickstart.side-by-side.measuring=1m"
        })
class SideBySideTest extends OnRealPort {

    @Test
    void everyPathHasEqualBytesAndTwoCosts() throws Exception {
        JsonNode choices = json(get("/side-by-side"));
        assertThat(choices.get("paths")).hasSizeGreaterThan(2);
        int count = choices.get("counts").get(0).asInt();
        for (JsonNode path : choices.get("paths")) {
            HttpResponse<String> response = compare(path.asString(), count);

            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            JsonNode result = json(response);
            assertThat(result.get("difference").isNull()).as(response.body()).isTrue();
            assertThat(result.get("equal").asBoolean()).isTrue();
            assertThat(result.get("extent").get("requests").asInt()).isEqualTo(count);
            assertThat(result.get("fasterapi").get("cpuMicros").asDouble()).isPositive();
            assertThat(result.get("stock").get("cpuMicros").asDouble()).isPositive();
            assertThat(result.get("ratios").get("control").get("median").asDouble()).isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({"/users, 2000", "/json, 2001", "/json, 1000000"})
    void othersAreRefused(String path, int count) throws Exception {
        HttpResponse<String> response = compare(path, count);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).get("detail").asString()).contains("one of [/json, ");
    }

    private HttpResponse<String> compare(String path, int count) throws Exception {
        return post("/side-by-side", "{\"path\": \"" + path + "\", \"count\": " + count + "}");
    }
}
