package io.fasterapi.spring.webflux.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fasterapi.batch.BatchHandler;
import io.fasterapi.batch.BatchItem;
import io.fasterapi.batch.BatchResult;
import io.fasterapi.batch.BatchWorkers;
import io.fasterapi.batch.Batchers;
import io.fasterapi.spring.ConfigurationRefusedException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Which methods can be batch handlers, and what is said of the others. */
class BatchSignatureTest {

    private static Method method(String name) {
        return Stream.of(Methods.class.getDeclaredMethods())
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void itemAndResultAreThoseOfTheLists() {
        BatchSignature flux = BatchSignature.of(method("flux"));
        assertThat(flux.item().getTypeName()).isEqualTo("java.util.Map<java.lang.String, int[]>");
        assertThat(flux.result()).isEqualTo(Long.class);
        assertThat(flux.detailed()).isFalse();

        BatchSignature stage = BatchSignature.of(method("stage"));
        assertThat(stage.item()).isEqualTo(Integer.class);
        assertThat(stage.result().getTypeName()).isEqualTo("java.util.List<java.lang.String>");
        assertThat(stage.detailed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "single, takes java.lang.Integer",
        "two, takes 2 parameters",
        "raw, takes java.util.List",
        "open, takes java.util.List<T>",
        "set, returns java.util.Set<java.lang.Integer>",
        "value, returns reactor.core.publisher.Mono<java.lang.Integer>",
        "fixed, is static",
    })
    void aWrongSignatureIsRefusedWithASentence(String name, String sentence) {
        assertThatThrownBy(() -> BatchSignature.of(method(name)))
                .isInstanceOf(ConfigurationRefusedException.class)
                .hasMessageStartingWith(
                        "@BatchHandler on %s#%s: %s", Methods.class.getName(), name, sentence)
                .hasMessageContaining("(expected: ");
    }

    @ParameterizedTest
    @CsvSource({
        "NoSize, maxSize: 0 (expected: >= 1)",
        "NoKey, groupBy: nothing (expected: a method without parameters of java.lang.Integer)",
        "NoDuration, is not a valid duration",
    })
    void wrongOptionsAreRefusedWithASentence(String type, String sentence) throws Exception {
        Class<?> controller = Class.forName(getClass().getName() + "$" + type);
        StaticApplicationContext context = new StaticApplicationContext();
        context.registerSingleton("controller", controller);
        context.refresh();
        RequestMappingHandlerMapping mapping = new RequestMappingHandlerMapping();
        mapping.setApplicationContext(context);
        mapping.afterPropertiesSet();
        Batchers batchers = new Batchers(BatchWorkers.schedulers());
        BatchRoutes routes =
                new BatchRoutes(
                        () -> batchers, template -> null, template -> false, (route, cause) -> {});

        assertThatThrownBy(() -> routes.replaceAll(mapping))
                .isInstanceOf(ConfigurationRefusedException.class)
                .hasMessageContaining(sentence);
    }

    @SuppressWarnings({"unused", "rawtypes"})
    private static class Methods {

        Flux<Long> flux(List<? extends Map<String, int[]>> items) {
            return Flux.empty();
        }

        CompletableFuture<List<BatchResult<List<String>>>> stage(List<BatchItem<Integer>> items) {
            return new CompletableFuture<>();
        }

        List<Integer> single(Integer item) {
            return List.of();
        }

        List<Integer> two(List<Integer> items, String other) {
            return List.of();
        }

        List<Integer> raw(List items) {
            return List.of();
        }

        <T> List<Integer> open(List<T> items) {
            return List.of();
        }

        Set<Integer> set(List<Integer> items) {
            return Set.of();
        }

        Mono<Integer> value(List<Integer> items) {
            return Mono.empty();
        }

        static List<Integer> fixed(List<Integer> items) {
            return items;
        }
    }

    @RestController
    static class NoSize {

        @PostMapping("/a")
        @BatchHandler(maxSize = 0)
        List<Integer> handle(List<Integer> items) {
            return items;
        }
    }

    @RestController
    static class NoKey {

        @PostMapping("/a")
        @BatchHandler(groupBy = "nothing")
        List<Integer> handle(List<Integer> items) {
            return items;
        }
    }

    @RestController
    static class NoDuration {

        @PostMapping("/a")
        @BatchHandler(maxWait = "soon")
        List<Integer> handle(List<Integer> items) {
            return items;
        }
    }
}
