package io.fasterapi.spring.webflux.dispatch;

import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.testing.Answer;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Applications on a core that cast requests and responses, as Spring's own may be cast. */
class NativeAccessTest {

    private static RunningApplication application;

    @BeforeAll
    static void start() {
        application = RunningApplication.start(Application.class, "fasterapi.cores.count=2");
    }

    @AfterAll
    static void stop() {
        application.awaitIdle();
        application.close();
    }

    private static Answer onACore(String request) throws IOException {
        long before = application.published();
        Answer answer = application.exchange(request);
        assertThat(application.published()).isGreaterThan(before);
        return answer;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/handler", "/streamed"})
    void whatAHandlerGets(String path) throws IOException {
        Answer answer = onACore(request("GET", path + "?q=1"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).matches("fasterapi-core-\\d GET " + path + "\\?q=1 200");
    }

    @Test
    void whatAFilterGets() throws IOException {
        Answer answer = onACore(request("GET", "/plain", "X-Filter: yes"));

        assertThat(answer.text()).isEqualTo("plain");
        assertThat(answer.header("X-Seen")).matches("fasterapi-core-\\d GET /plain 200");
    }

    @Test
    void aRequestWithABody() throws IOException {
        Answer answer =
                onACore(
                        request("POST", "/body", "Content-Length: 4", "Content-Type: text/plain")
                                + "text");

        assertThat(answer.text()).matches("text fasterapi-core-\\d POST /body 200");
    }

    /** As in stock, where the response to HEAD is a decorator. */
    @Test
    void theResponseToHeadIsNoneOfSpringsOwn() throws IOException {
        assertThat(onACore(request("HEAD", "/kinds")).header("X-Kinds")).isEqualTo("true false");
        assertThat(onACore(request("GET", "/kinds")).header("X-Kinds")).isEqualTo("true true");
    }

    @Test
    void attributesAndIdAreThoseOfTheExchange() throws IOException {
        assertThat(onACore(request("GET", "/attributes")).text()).isEqualTo("same same");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @Bean
        WebFilter filter() {
            return (exchange, chain) -> {
                if (exchange.getRequest().getHeaders().containsHeader("X-Filter")) {
                    ServerHttpResponse response = exchange.getResponse();
                    response.getHeaders().add("X-Seen", seen(exchange.getRequest(), response));
                }
                return chain.filter(exchange);
            };
        }

        @GetMapping("/handler")
        String handler(ServerHttpRequest request, ServerHttpResponse response) {
            return seen(request, response);
        }

        @GetMapping("/streamed")
        Flux<String> streamed(ServerWebExchange exchange) {
            return Flux.just(seen(exchange.getRequest(), exchange.getResponse()));
        }

        @GetMapping("/plain")
        String plain(@RequestHeader("X-Filter") String filter) {
            return "plain";
        }

        @PostMapping("/body")
        Mono<String> body(@RequestBody Mono<String> body, ServerWebExchange exchange) {
            return body.map(
                    text -> text + " " + seen(exchange.getRequest(), exchange.getResponse()));
        }

        @GetMapping("/attributes")
        String attributes(ServerWebExchange exchange, @RequestParam(required = false) String none) {
            ServerHttpRequest request = exchange.getRequest();
            request.getAttributes().put("name", "value");
            return (exchange.getAttribute("name") == "value" ? "same " : "other ")
                    + (exchange.getLogPrefix().equals("[" + request.getId() + "] ")
                            ? "same"
                            : "other");
        }

        @GetMapping("/kinds")
        void kinds(ServerHttpRequest request, ServerHttpResponse response) {
            boolean ownRequest = request instanceof AbstractServerHttpRequest;
            boolean ownResponse = response instanceof AbstractServerHttpResponse;
            response.getHeaders().add("X-Kinds", ownRequest + " " + ownResponse);
        }

        private static String seen(ServerHttpRequest request, ServerHttpResponse response) {
            HttpServerRequest sent = ((AbstractServerHttpRequest) request).getNativeRequest();
            HttpServerResponse answer = ((AbstractServerHttpResponse) response).getNativeResponse();
            return String.join(
                    " ",
                    Thread.currentThread().getName(),
                    sent.method().name(),
                    sent.uri(),
                    HttpStatus.valueOf(answer.status().code()).value() + "");
        }
    }
}
