package io.fasterapi.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

class PageAndActuatorTest extends OnRealPort {

    @ParameterizedTest
    @CsvSource({
        "/,text/html",
        "/page.css,text/css",
        "/page.js,text/javascript",
        "/meters.js,text/javascript"
    })
    void servesThePage(String path, String type) throws Exception {
        HttpResponse<String> response = get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(type(response)).startsWith(type);
    }

    @Test
    void pageLoadsNothingFromElsewhere() throws Exception {
        for (Resource file :
                new PathMatchingResourcePatternResolver().getResources("classpath:/static/*")) {
            assertThat(get("/" + file.getFilename()).body())
                    .as(file.getFilename())
                    .doesNotContain("http://", "https://", "@import");
        }
    }

    @Test
    void isUp() throws Exception {
        HttpResponse<String> response = get("/actuator/health");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).get("status").asString()).isEqualTo("UP");
    }

    @Test
    void saysWhatItIs() throws Exception {
        assertThat(get("/actuator/info").body()).contains("FasterAPI quickstart");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "published",
                "rejected",
                "capacity",
                "remaining",
                "wait",
                "service",
                "batch.size",
                "completion.batches"
            })
    void ringsAreMetered(String meter) throws Exception {
        assertThat(get("/actuator/metrics/fasterapi.ring." + meter).statusCode()).isEqualTo(200);
        assertThat(get("/actuator/prometheus").body())
                .containsPattern(
                        "(?m)^fasterapi_ring_"
                                + meter.replace('.', '_')
                                + "\\w*\\{([^}]*,)?core=\"0\"");
    }

    @Test
    void otherEndpointsAreNotExposed() throws Exception {
        assertThat(get("/actuator/env").statusCode()).isEqualTo(404);
    }
}
