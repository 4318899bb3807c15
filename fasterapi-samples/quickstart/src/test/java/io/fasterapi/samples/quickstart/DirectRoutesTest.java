package io.fasterapi.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectRoutesTest extends OnRealPort {

    @ParameterizedTest
    @ValueSource(strings = {"/fast/json", "/fast/inline/json"})
    void answersWhatTheControllerAnswers(String path) throws Exception {
        HttpResponse<String> controller = get("/json");
        HttpResponse<String> direct = get(path);

        assertThat(direct.statusCode()).isEqualTo(controller.statusCode());
        assertThat(type(direct)).isEqualTo(type(controller));
        assertThat(direct.body()).isEqualTo(controller.body());
    }

    @Test
    void decodesThePathVariable() throws Exception {
        HttpResponse<String> response = get("/fast/hello/Gr%C3%A4ce%20H");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"message\":\"Hello, Gräce H!\"}");
    }

    @Test
    void echoesTheBody() throws Exception {
        HttpResponse<String> response = post("/fast/echo", "{ \"message\" : \"äöü\" }");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(type(response)).isEqualTo("application/json");
        assertThat(response.body()).isEqualTo("{\"message\":\"äöü\"}");
    }

    @Test
    void malformedBodyIsABadRequest() throws Exception {
        assertThat(post("/fast/echo", "{\"message\":").statusCode()).isEqualTo(400);
    }
}
