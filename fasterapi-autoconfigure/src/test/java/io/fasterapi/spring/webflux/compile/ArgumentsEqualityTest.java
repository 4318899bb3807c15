package io.fasterapi.spring.webflux.compile;

import static io.fasterapi.spring.testing.RawConnection.json;
import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.testing.RunningApplication;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What arguments are made of, and how often code of the application runs to make them. */
class ArgumentsEqualityTest extends ComparedSettings {

    private static final int INVALID = 5;
    private static final AtomicInteger MADE = new AtomicInteger();
    private static final AtomicInteger VALIDATED = new AtomicInteger();

    @Override
    List<Class<?>> sources() {
        return List.of(Application.class);
    }

    /** As jQuery and PHP write the name of a parameter with several values. */
    @ParameterizedTest
    @EnumSource
    void bracketsBelongToNoName(Setting setting) throws IOException {
        for (String path : List.of("/ids/default", "/ids/optional", "/ids/list", "/ids/number")) {
            for (String query : List.of("?ids[]=7", "?ids%5B%5D=7", "?a=b&ids[]=7")) {
                String asked = request("GET", path + query);
                assertThat(assertLikeStock(setting, "GET " + path, asked).text()).isEqualTo("7");
            }
            assertLikeStock(setting, "GET " + path, request("GET", path + "?ids[]=7&ids=8"));
            assertLikeStock(setting, "GET " + path, request("GET", path + "?ids[]=7&ids[]=9"));
            assertLikeStock(setting, "GET " + path, request("GET", path + "?ids="));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBodyThatIsInvalidIsMadeAndValidatedOnce(Setting setting) throws IOException {
        RunningApplication application = in(setting);
        String valid = json("/orders", "{\"item\":\"pen\",\"count\":1}");
        for (int i = 0; i < 3; i++) {
            assertThat(application.exchange(valid).status()).isEqualTo(200);
        }
        MADE.set(0);
        VALIDATED.set(0);
        for (int i = 0; i < INVALID; i++) {
            String invalid = json("/orders", "{\"item\":\"\",\"count\":-1}");
            assertThat(application.exchange(invalid).status()).isEqualTo(400);
        }
        assertThat(MADE).hasValue(INVALID);
        assertThat(VALIDATED).hasValue(INVALID);
        LaneWatch watch = LaneWatch.of(application, "POST /orders");
        application.exchange(valid);
        LaneWatch.assertAllServed(watch, 1, setting);
    }

    @Target(ElementType.FIELD)
    @Retention(RetentionPolicy.RUNTIME)
    @Constraint(validatedBy = AboveZero.class)
    @interface Counted {

        String message() default "too few";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};
    }

    static class AboveZero implements ConstraintValidator<Counted, Integer> {

        @Override
        public boolean isValid(@Nullable Integer value, ConstraintValidatorContext context) {
            VALIDATED.incrementAndGet();
            return value != null && value > 0;
        }
    }

    record Order(@NotBlank String item, @Counted int count) {

        Order {
            MADE.incrementAndGet();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @PostMapping("/orders")
        String order(@Valid @RequestBody Order order) {
            return order.item();
        }

        @GetMapping("/ids/default")
        String withDefault(@RequestParam(defaultValue = "none") String ids) {
            return ids;
        }

        @GetMapping("/ids/optional")
        String optional(@RequestParam(required = false) @Nullable String ids) {
            return String.valueOf(ids);
        }

        @GetMapping("/ids/list")
        String list(@RequestParam(required = false) @Nullable List<Integer> ids) {
            return ids == null ? "null" : ids.toString().replaceAll("[\\[\\] ]", "");
        }

        @GetMapping("/ids/number")
        String number(@RequestParam(name = "ids", defaultValue = "0") int id) {
            return String.valueOf(id);
        }
    }
}
