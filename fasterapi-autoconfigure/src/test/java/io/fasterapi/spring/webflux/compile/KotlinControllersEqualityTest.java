package io.fasterapi.spring.webflux.compile;

import static io.fasterapi.spring.testing.RawConnection.json;
import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.testing.Answer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Controllers in Kotlin, suspending or not, keep a fast lane and answer as with stock. */
class KotlinControllersEqualityTest extends ComparedSettings {

    @Override
    List<Class<?>> sources() {
        return List.of(Application.class);
    }

    @ParameterizedTest
    @EnumSource
    void functions(Setting setting) throws IOException {
        assertAnswer(setting, 200, "plain", "{\"name\":\"plain\",\"price\":1}");
        assertAnswer(setting, 200, "mono", "{\"name\":\"mono\",\"price\":2}");
        assertAnswer(setting, 200, "unit", "");
    }

    @ParameterizedTest
    @EnumSource
    void parametersWithDefaults(Setting setting) throws IOException {
        assertAnswer(setting, 200, "default", "nobody 3");
        String named = request("GET", "/kotlin/default?name=ann");
        assertThat(assertLikeStock(setting, "GET /kotlin/default", named).text())
                .isEqualTo("ann 3");
        assertAnswer(setting, 200, "nullable", "name null");
    }

    @ParameterizedTest
    @EnumSource
    void suspendingFunctions(Setting setting) throws IOException {
        assertAnswer(setting, 200, "suspending", "{\"name\":\"suspending\",\"price\":1}");
        assertAnswer(setting, 202, "suspending-entity", "{\"name\":\"entity\",\"price\":1}");
        assertAnswer(setting, 409, "failing", "trouble on purpose");
        String one = request("GET", "/kotlin/suspending/7");
        assertThat(assertLikeStock(setting, "GET /kotlin/suspending/{id}", one).text())
                .isEqualTo("7 GET");
        String posted = json("/kotlin/suspending", "{\"a\":1}");
        assertThat(assertLikeStock(setting, "POST /kotlin/suspending", posted).text())
                .isEqualTo("{\"a\":1}");
        String deleted = request("DELETE", "/kotlin/suspending");
        assertThat(assertLikeStock(setting, "DELETE /kotlin/suspending", deleted).status())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @EnumSource
    void flows(Setting setting) throws IOException {
        String both = "[{\"name\":\"a\",\"price\":1},{\"name\":\"b\",\"price\":1}]";
        assertAnswer(setting, 200, "flow", both);
        assertAnswer(setting, 200, "suspending-flow", both);
    }

    @ParameterizedTest
    @EnumSource
    void valueClasses(Setting setting) throws IOException {
        String one = request("GET", "/kotlin/value/7");
        assertThat(assertLikeStock(setting, "GET /kotlin/value/{id}", one).text()).isEqualTo("7");
    }

    private void assertAnswer(Setting setting, int status, String path, String body)
            throws IOException {
        String target = "/kotlin/" + path;
        Answer answer = assertLikeStock(setting, "GET " + target, request("GET", target));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text()).isEqualTo(body);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(KotlinEndpoints.class)
    static class Application {}
}
