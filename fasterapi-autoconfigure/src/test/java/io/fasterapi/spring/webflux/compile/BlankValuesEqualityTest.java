package io.fasterapi.spring.webflux.compile;

import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A text that converts to null, as blanks do for many types, is no value to Spring. */
class BlankValuesEqualityTest extends ComparedSettings {

    @Override
    List<Class<?>> sources() {
        return List.of(Application.class);
    }

    @ParameterizedTest
    @EnumSource
    void aBlankValueIsMissing(Setting setting) throws IOException {
        for (String path : List.of("/day?v=2024-02-29", "/id?v=1-1-1-1-1", "/flag?v=true")) {
            String mapping = "GET " + path.substring(0, path.indexOf('?'));
            String blank = path.replaceAll("=.*", "=%20");
            assertLikeStock(setting, mapping, request("GET", path));
            assertThat(assertLikeStock(setting, mapping, request("GET", blank)).status())
                    .isEqualTo(400);
        }
        assertLikeStock(setting, "GET /default", request("GET", "/default?v=false"));
        assertThat(assertLikeStock(setting, "GET /default", request("GET", "/default?v=+")).text())
                .isEqualTo("value true");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @GetMapping("/day")
        String day(@RequestParam LocalDate v) {
            return "value " + v;
        }

        @GetMapping("/id")
        String id(@RequestParam UUID v) {
            return "value " + v;
        }

        @GetMapping("/flag")
        String flag(@RequestParam Boolean v) {
            return "value " + v;
        }

        @GetMapping("/default")
        String withDefault(@RequestParam(defaultValue = "true") Boolean v) {
            return "value " + v;
        }
    }
}
