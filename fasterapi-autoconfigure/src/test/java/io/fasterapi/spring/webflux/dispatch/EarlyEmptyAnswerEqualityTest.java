package io.fasterapi.spring.webflux.dispatch;

import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.netty.FrontDoor;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/** Answers without a body, given before Reactor Netty has seen the request, line by line. */
class EarlyEmptyAnswerEqualityTest {

    private static RunningApplication application;
    private static RunningApplication stock;

    @BeforeAll
    static void start() throws IOException {
        application =
                RunningApplication.start(Application.class, "fasterapi.placement.default=inline");
        stock = RunningApplication.start(Application.class, "fasterapi.enabled=false");
        application.get("/plain"); // the host is known from now on
    }

    @AfterAll
    static void stop() {
        application.awaitIdle();
        application.close();
        stock.close();
    }

    private static long early() {
        return application.bean(FrontDoor.class).servedCount();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/no-content",
                "/empty?status=200",
                "/empty?status=204&length=0",
                "/empty?status=205",
                "/empty?status=302",
                "/empty?status=304",
                "/empty?status=304&length=0",
                "/empty?status=404&length=0",
                "/empty?status=200&type=text/plain",
                "/nothing",
                "/entity",
            })
    void isStocks(String path) throws IOException {
        long before = early();
        List<String> answer = head(application, path);

        assertThat(early()).isEqualTo(before + 2);
        assertThat(answer).isEqualTo(head(stock, path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/empty?status=304&length=1",
                "/empty?status=204&length=1",
            })
    void isReactorNettysIfItsLengthIsAnothers(String path) throws IOException {
        long before = early();
        List<String> answer = head(application, path);

        assertThat(early()).isEqualTo(before + 1);
        assertThat(answer).isEqualTo(head(stock, path));
    }

    /** Returns the head of an answer without body, after which the connection is used again. */
    private static List<String> head(RunningApplication application, String path)
            throws IOException {
        try (RawConnection connection = application.connect()) {
            connection.send(request("GET", path));
            List<String> lines = new ArrayList<>();
            for (String line = connection.line(); !line.isEmpty(); line = connection.line()) {
                lines.add(line);
            }
            assertThat(connection.exchange(request("GET", "/plain")).text()).isEqualTo("plain");
            return lines;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @Bean
        WebFilter filter() {
            return (exchange, chain) -> {
                exchange.getResponse().getHeaders().set("X-Filter", "seen");
                return chain.filter(exchange);
            };
        }

        @GetMapping("/plain")
        String plain() {
            return "plain";
        }

        @GetMapping("/no-content")
        @ResponseStatus(HttpStatus.NO_CONTENT)
        void noContent() {}

        @GetMapping("/empty")
        Mono<Void> empty(
                @RequestParam int status,
                @RequestParam @Nullable Long length,
                @RequestParam @Nullable String type,
                ServerHttpResponse response) {
            response.setRawStatusCode(status);
            if (length != null) {
                response.getHeaders().setContentLength(length);
            }
            if (type != null) {
                response.getHeaders().setContentType(MediaType.parseMediaType(type));
            }
            return response.setComplete();
        }

        @GetMapping("/nothing")
        Mono<String> nothing() {
            return Mono.empty();
        }

        @GetMapping("/entity")
        ResponseEntity<Void> entity() {
            return ResponseEntity.status(302).header("Location", "/x").build();
        }
    }
}
