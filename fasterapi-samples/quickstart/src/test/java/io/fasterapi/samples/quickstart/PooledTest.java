package io.fasterapi.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

class PooledTest extends OnRealPort {

    @Test
    void aPooledDeflaterServesOneRequestAfterTheOther() throws Exception {
        double before = meter("hits") + meter("misses");
        for (int i = 0; i < 50; i++) {
            String text = "deflate me, deflate me " + i;
            assertThat(inflated(deflated(text))).isEqualTo(text);
        }
        assertThat(meter("hits") + meter("misses")).isEqualTo(before + 50);
        assertThat(meter("hits")).isGreaterThan(meter("misses"));
        assertThat(meter("in.use")).isZero();
        assertThat(get("/actuator/prometheus").body())
                .containsPattern("(?m)^fasterapi_pool_hits_total\\{.*pool=\"deflaters\"");
    }

    @Test
    void aConstantAnswerIsTheControllers() throws Exception {
        HttpResponse<String> constant = get("/fast/constant");
        HttpResponse<String> controller = get("/json");
        assertThat(constant.body()).isEqualTo(controller.body());
        assertThat(type(constant)).isEqualTo(type(controller));
    }

    private byte[] deflated(String text) throws Exception {
        HttpResponse<byte[]> response =
                client().send(
                                request("/fast/deflate")
                                        .POST(BodyPublishers.ofString(text))
                                        .build(),
                                BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private static String inflated(byte[] bytes) throws Exception {
        Inflater inflater = new Inflater();
        inflater.setInput(bytes);
        byte[] text = new byte[1000];
        int length = inflater.inflate(text);
        inflater.end();
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }

    private double meter(String name) throws Exception {
        HttpResponse<String> response =
                get("/actuator/metrics/fasterapi.pool." + name + "?tag=pool:deflaters");
        assertThat(response.statusCode()).as(name).isEqualTo(200);
        return json(response).get("measurements").get(0).get("value").asDouble();
    }
}
