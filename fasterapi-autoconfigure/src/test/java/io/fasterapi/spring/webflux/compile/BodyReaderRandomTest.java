package io.fasterapi.spring.webflux.compile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.route.RouteCondition;
import io.fasterapi.route.RouteMatch;
import io.fasterapi.route.RouteTree;
import io.fasterapi.spring.testing.RandomCases;
import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.spring.webflux.invoke.ArgumentReader;
import io.fasterapi.spring.webflux.invoke.DirectCondition;
import io.fasterapi.spring.webflux.invoke.DispatchParts;
import io.fasterapi.spring.webflux.invoke.LaneCounters;
import io.fasterapi.spring.webflux.invoke.LearnedFormats;
import io.fasterapi.spring.webflux.invoke.MappingCounters;
import io.fasterapi.spring.webflux.route.Lane;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.result.method.annotation.RequestBodyMethodArgumentResolver;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Random bodies, as the direct lane reads them and as Spring's resolver does in a whole exchange:
 * the same values and errors, and as many objects made and checked.
 */
class BodyReaderRandomTest {

    private static final int CASES = 12_000;

    private static final RouteMatch MATCH = RouteTree.of(List.of()).newMatch();

    private static RunningApplication application;
    private static WebFluxInfrastructure infrastructure;
    private static ArgumentCompiler compiler;

    private final List<Parameter> parameters = new ArrayList<>();
    private int values;
    private int failures;
    private int checked;

    private record Parameter(MethodParameter declared, ArgumentReader reader) {}

    /** What became of a body. */
    private record Outcome(
            @Nullable Object value, @Nullable Throwable failure, int made, int checked) {

        /** Tells all that an application can see. */
        String text() {
            StringBuilder text = new StringBuilder();
            text.append(made).append(" made, ").append(checked).append(" checked: ");
            if (failure == null) {
                text.append(
                        value instanceof byte[] bytes
                                ? ByteBuffer.wrap(bytes) + new String(bytes, UTF_8)
                                : value == null ? null : value.getClass() + " " + value);
            }
            for (Throwable each = failure; each != null; each = each.getCause()) {
                text.append("\n")
                        .append(each.getClass())
                        .append(": ")
                        .append(sorted(each.getMessage()));
            }
            return text.toString().replaceAll("@[0-9a-f]{5,8}\\b", "@hash").stripTrailing();
        }
    }

    /** A validator finds violations in the order of their hash codes. */
    private static String sorted(@Nullable String message) {
        String[] parts = String.valueOf(message).split("(?=\\[Field error)");
        Arrays.setAll(parts, i -> parts[i].strip());
        Arrays.sort(parts, 1, parts.length);
        return String.join(" ", parts);
    }

    @BeforeAll
    static void start() throws NotCompilableException {
        application = RunningApplication.start(Application.class);
        infrastructure =
                WebFluxInfrastructure.of(
                        application.context(),
                        DispatchParts.of(
                                application.bean(DispatcherHandler.class), application.context()));
        compiler = new ArgumentCompiler(infrastructure);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void bodiesAreThoseOfSpringsResolver() throws NotCompilableException {
        compile(new BodyParameters());
        compile(new BodyParameters.Implementation());
        assertThat(parameters).hasSizeGreaterThan(38);

        RandomCases.run(CASES, this::compare);

        assertThat(values).as("values").isGreaterThan(CASES / 4);
        assertThat(failures).as("failures").isGreaterThan(CASES / 4);
        assertThat(checked).as("checks").isGreaterThan(CASES / 50);
    }

    private void compile(Object bean) throws NotCompilableException {
        for (Method method : bean.getClass().getDeclaredMethods()) {
            if (!method.isSynthetic()) {
                for (MethodParameter each : new HandlerMethod(bean, method).getMethodParameters()) {
                    parameters.add(new Parameter(each, compiler.compile(each, List.of())));
                }
            }
        }
    }

    private void compare(RandomCases random) throws Throwable {
        Parameter parameter = random.oneOf(parameters);
        SentBody sent = SentBody.random(random, parameter.declared());
        HttpHeaders headers = new DefaultHttpHeaders();
        headers.add("Content-Type", sent.type());
        if (sent.language() != null) {
            headers.add("Accept-Language", sent.language());
        }
        headers.add("Content-Length", String.valueOf(sent.bytes().length));
        boolean taken = condition(parameter).takes("POST", MATCH, headers);
        if (!taken && sent.bytes().length > 0) {
            return; // none for the direct lane
        }
        Outcome expected = outcome(Mono.defer(() -> bySpring(parameter, sent, random)));
        Outcome actual =
                outcome(
                        Mono.defer(
                                () -> {
                                    try {
                                        SentRequest request =
                                                SentRequest.posted(headers, sent.bytes());
                                        return Mono.justOrEmpty(parameter.reader().read(request));
                                    } catch (Throwable ex) {
                                        return Mono.error(ex);
                                    }
                                }));
        assertThat(actual.text())
                .as("%s of %s", parameter.declared(), sent)
                .isEqualTo(expected.text());
        values += expected.value() == null ? 0 : 1;
        failures += expected.failure() == null ? 0 : 1;
        checked += expected.checked();
    }

    private static RouteCondition condition(Parameter parameter) throws NotCompilableException {
        return new DirectCondition(
                LearnedFormats.NONE,
                "POST",
                compiler.condition(parameter.declared(), Integer.MAX_VALUE),
                false,
                new MappingCounters(new LaneCounters(), Lane.DIRECT));
    }

    private static Mono<Object> bySpring(Parameter parameter, SentBody sent, RandomCases random) {
        MockServerHttpRequest.BodyBuilder request = MockServerHttpRequest.post("/body");
        request.header("Content-Type", sent.type());
        request.header("Content-Length", String.valueOf(sent.bytes().length));
        if (sent.language() != null) {
            request.header("Accept-Language", sent.language());
        }
        MockServerWebExchange exchange =
                MockServerWebExchange.from(request.body(Flux.fromIterable(sent.parts(random))));
        BindingContext binding =
                new BindingContext(
                        infrastructure.adapter().getWebBindingInitializer(),
                        infrastructure.registry());
        return new RequestBodyMethodArgumentResolver(
                        infrastructure.adapter().getMessageReaders(), infrastructure.registry())
                .resolveArgument(parameter.declared(), binding, exchange);
    }

    /** Waits for a value, and for the value in it. */
    private static Outcome outcome(Mono<Object> resolved) {
        int made = BodyParameters.MADE.get();
        int checks = BodyParameters.CHECKED.get();
        Object value = null;
        Throwable failure = null;
        try {
            value = resolved.block();
            if (value instanceof Mono<?> later) {
                value = later.block();
            }
        } catch (RuntimeException ex) {
            failure = ex;
        }
        return new Outcome(
                value,
                failure,
                BodyParameters.MADE.get() - made,
                BodyParameters.CHECKED.get() - checks);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
