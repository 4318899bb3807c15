package io.fasterapi.spring.webflux.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fasterapi.placement.ShardBy;
import io.fasterapi.spring.ConfigurationRefusedException;
import io.fasterapi.spring.testing.RunningApplication;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A key that can be none stops the start-up, whatever the method's lane. */
@ExtendWith(OutputCaptureExtension.class)
class ShardByRefusedWiringTest {

    private static void assertRefused(List<Class<?>> sources, String... message) {
        assertThatThrownBy(() -> RunningApplication.start(sources))
                .rootCause()
                .isInstanceOf(ConfigurationRefusedException.class)
                .hasMessageStartingWith("@ShardBy on ")
                .hasMessageContainingAll(message);
    }

    @Test
    void theFailureSaysWhatToDo(CapturedOutput output) {
        assertRefused(
                List.of(Nothing.class),
                "Nothing#nothing()",
                "[/nothing]",
                "cannot be honoured: it names nothing (expected: one of path, header, query and"
                        + " json)");
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Correct the annotation as the message says, or remove it");
    }

    @Test
    void severalAttributes() {
        assertRefused(
                List.of(Several.class),
                "Several#several",
                "it names path 'id' and json '/id' (expected: one of");
    }

    @Test
    void aVariableThatOnePatternHasNotAlsoOfAClass() {
        assertRefused(
                List.of(Patterns.class),
                "Patterns#patterns",
                "the pattern '/b/{name}' has no variable 'id' (expected: {id} in every pattern of"
                        + " the method, or a @ShardBy of the method's own)");
        assertRefused(
                List.of(OfClass.class),
                "OfClass#without()",
                "the pattern '/without' has no variable 'id'");
    }

    @Test
    void whatIsNoPointer() {
        assertRefused(
                List.of(Pointer.class),
                "Pointer#pointer()",
                "'user.id' is no JSON pointer (expected: one that begins with a slash");
    }

    @Test
    void noMapperToReadTheBodyWith() {
        assertRefused(
                List.of(Json.class),
                "Json#json()",
                "json '/id' has nothing to read the body with",
                "one JsonMapper bean or a primary one");
    }

    @Test
    void alsoWhereTheMethodIsLeftToWebFluxOrStandsBehindAFilter() {
        assertThatThrownBy(
                        () ->
                                RunningApplication.start(
                                        Nothing.class, "fasterapi.fast-lane.controllers=off"))
                .rootCause()
                .isInstanceOf(ConfigurationRefusedException.class);
        assertRefused(
                List.of(Nothing.class, LaneTableWiringTest.Filter.class), "Nothing#nothing()");
        assertRefused(
                List.of(Nothing.class, LaneTableWiringTest.OwnMapping.class), "Nothing#nothing()");
    }

    @Test
    void variablesOfEveryForm() {
        RunningApplication.start(Forms.class).close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Nothing {

        @ShardBy
        @GetMapping("/nothing")
        String nothing() {
            return "";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Several {

        @ShardBy(path = "id", json = "/id")
        @PostMapping("/{id}")
        String several(@PathVariable String id) {
            return "";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Patterns {

        @ShardBy(path = "id")
        @GetMapping({"/a/{id}", "/b/{name}"})
        String patterns() {
            return "";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    @ShardBy(path = "id")
    static class OfClass {

        @GetMapping("/with/{id}")
        String with(@PathVariable String id) {
            return "";
        }

        @GetMapping("/without")
        String without() {
            return "";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Pointer {

        @ShardBy(json = "user.id")
        @PostMapping("/pointer")
        String pointer() {
            return "";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = JacksonAutoConfiguration.class)
    @RestController
    static class Json {

        @ShardBy(json = "/id")
        @PostMapping("/json")
        String json() {
            return "";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Forms {

        @ShardBy(path = "id")
        @GetMapping({"/regex/{id:[0-9]{2}}", "/rest/{*id}", "/part/{id}.txt", "/whole/{id}"})
        String forms() {
            return "";
        }
    }
}
