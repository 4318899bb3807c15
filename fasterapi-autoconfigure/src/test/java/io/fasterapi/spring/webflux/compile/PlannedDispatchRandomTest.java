package io.fasterapi.spring.webflux.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.testing.RandomCases;
import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.spring.webflux.route.Lane;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.handler.DefaultWebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Controller methods that return, fail and are caught at random, on mock exchanges: dispatched by
 * the end of the filter chain, whose plans are settled, and by Spring's dispatcher.
 */
class PlannedDispatchRandomTest {

    private static final int CASES = 3_000;
    private static final List<String> PATHS =
            List.of("/plain", "/later", "/stage", "/entity", "/nothing", "/status");

    private static RunningApplication application;
    private static Callable<Object> next = () -> "first";

    private int failed;
    private int lost;

    @BeforeAll
    static void start() {
        application =
                RunningApplication.start(
                        Application.class,
                        "logging.level.org.springframework.web.reactive.result=off",
                        "logging.level.reactor.core.Exceptions=off");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void answersAndErrorsAreThoseOfTheDispatcher() {
        ControllerRoutes routes = application.bean(ControllerRoutes.class);
        DispatcherHandler stock = application.bean(DispatcherHandler.class);
        DefaultWebFilterChain chain = new DefaultWebFilterChain(stock, List.of(routes.end()));

        RandomCases.run(
                CASES,
                random -> {
                    String path = random.oneOf(PATHS);
                    Throwable failure = failure(random);
                    boolean fails = random.percent(60);
                    String text = random.text(5);
                    next =
                            () -> {
                                if (fails) {
                                    throw Application.sneaky(failure);
                                }
                                return text;
                            };
                    compare(
                            path + " with " + (fails ? failure : text),
                            outcome(path, stock::handle),
                            outcome(path, chain::filter));
                });

        assertThat(routes.counters().calls(Lane.FILTERED)).isEqualTo(CASES);
        assertThat(lost).as("lost in stock").isBetween(1, CASES / 4);
        assertThat(failed).as("not caught").isGreaterThan(CASES / 10);
    }

    private static Throwable failure(RandomCases random) {
        String message = "failure " + random.below(100);
        return switch (random.below(9)) {
            case 0 -> new IllegalStateException(message);
            case 1 -> new IllegalArgumentException(message);
            case 2 -> new IOException(message);
            case 3 -> new ResponseStatusException(HttpStatus.CONFLICT, message);
            case 4 -> new AssertionError(message);
            case 5 -> new OutOfMemoryError(message);
            case 6 -> new NoClassDefFoundError(message);
            case 7 -> new StackOverflowError(message);
            default -> new UnsupportedOperationException(message);
        };
    }

    private interface Handling {

        Mono<Void> handle(org.springframework.web.server.ServerWebExchange exchange);
    }

    /** What a subscriber and a client see. */
    private record Outcome(String signal, String response) {

        /** Tells whether Reactor has let an error of the JVM pass, which nobody is told of then. */
        boolean isLost() {
            return signal.isEmpty();
        }
    }

    private void compare(String what, Outcome expected, Outcome actual) {
        if (expected.isLost()) {
            assertThat(actual.signal()).as("signal of %s", what).isNotEmpty();
            lost++;
            return;
        }
        assertThat(actual).as(what).isEqualTo(expected);
        failed += expected.signal().equals("complete") ? 0 : 1;
    }

    private static Outcome outcome(String path, Handling handling) {
        MockServerWebExchange exchange =
                MockServerWebExchange.from(MockServerHttpRequest.get(path));
        List<String> signals = new ArrayList<>();
        try {
            handling.handle(exchange)
                    .subscribe(
                            none -> {},
                            failure -> signals.add(failure + " caused by " + failure.getCause()),
                            () -> signals.add("complete"));
        } catch (VirtualMachineError | LinkageError ex) {
            signals.clear();
        }
        MockServerHttpResponse response = exchange.getResponse();
        return new Outcome(
                String.join(", ", signals),
                response.getStatusCode()
                        + " "
                        + response.getHeaders()
                        + " "
                        + (response.isCommitted() ? response.getBodyAsString().block() : "open"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @SuppressWarnings("unchecked")
        static <E extends Throwable> RuntimeException sneaky(Throwable failure) throws E {
            throw (E) failure;
        }

        private static String take() {
            try {
                return (String) next.call();
            } catch (Exception ex) {
                throw sneaky(ex);
            }
        }

        @GetMapping("/plain")
        Map<String, String> plain() {
            return Map.of("text", take());
        }

        @GetMapping("/later")
        Mono<String> later() {
            return Mono.create(
                    sink -> {
                        try {
                            sink.success(take());
                        } catch (Throwable ex) {
                            sink.error(ex);
                        }
                    });
        }

        @GetMapping("/stage")
        CompletableFuture<String> stage() {
            try {
                return CompletableFuture.completedFuture(take());
            } catch (Throwable ex) {
                return CompletableFuture.failedFuture(ex);
            }
        }

        @GetMapping("/entity")
        Mono<ResponseEntity<String>> entity() {
            return later().map(text -> ResponseEntity.accepted().header("X-Text", "t").body(text));
        }

        @GetMapping("/nothing")
        void nothing() {
            take();
        }

        @GetMapping("/status")
        @ResponseStatus(HttpStatus.CREATED)
        String status() {
            return take();
        }

        @ExceptionHandler
        ResponseEntity<String> handle(IllegalStateException failure) {
            return ResponseEntity.status(409).body("handled " + failure.getMessage());
        }

        @ExceptionHandler
        Mono<String> handleLater(IOException failure) {
            return Mono.just("later " + failure.getMessage());
        }

        @ExceptionHandler
        String handle(NoClassDefFoundError failure) {
            throw new UnsupportedOperationException("handler fails with " + failure.getMessage());
        }
    }
}
