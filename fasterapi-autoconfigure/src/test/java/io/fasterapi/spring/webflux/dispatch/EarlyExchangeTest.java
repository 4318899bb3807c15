package io.fasterapi.spring.webflux.dispatch;

import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.netty.FrontDoor;
import io.fasterapi.spring.testing.Answer;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Requests that WebFlux handles before Reactor Netty has seen them, and those that go on to it. */
@ParameterizedClass
@ValueSource(strings = {"inline", "core", "virtual"})
class EarlyExchangeTest {

    @Parameter String placement = "";

    private static final AtomicInteger CALLS = new AtomicInteger();
    private static CountDownLatch released = new CountDownLatch(1);

    private RunningApplication application;

    @BeforeEach
    void start() throws IOException {
        released = new CountDownLatch(1);
        application =
                RunningApplication.start(
                        Application.class,
                        "fasterapi.placement.default=" + placement,
                        "fasterapi.fast-lane.controllers=off");
        application.get("/plain"); // the host is known from now on
        CALLS.set(0);
    }

    @AfterEach
    void stop() {
        released.countDown();
        application.awaitIdle();
        application.close();
    }

    private long early() {
        return application.bean(FrontDoor.class).servedCount();
    }

    @ParameterizedTest
    @CsvSource({
        "/plain, plain",
        "/mono, mono",
        "/filter-answers, answered by the filter",
    })
    void whatIsAnsweredAtOnceNeverReachesReactorNetty(String path, String text) throws IOException {
        long before = early();
        Answer answer = application.get(path);

        assertThat(answer.text()).isEqualTo(text);
        assertThat(answer.header("X-Filter")).isEqualTo("seen");
        assertThat(early()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "/later, later",
        "/cookie-set, set",
    })
    void nothingOfWhatIsAnsweredLaterReachesItEither(String path, String text) throws IOException {
        long before = early();
        Answer answer = application.get(path);

        assertThat(answer.text()).isEqualTo(text);
        assertThat(answer.header("X-Filter")).isEqualTo("seen");
        assertThat(early()).isEqualTo(before + 1);
        assertThat(CALLS).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({
        "/elsewhere, elsewhere",
        "/native, true true",
        "/addresses, true true",
        "/native-elsewhere, true true",
        "/flux, onetwo",
        "/resource, a resource",
        "/committed-then-later, early body",
    })
    void whatIsNotGoesOnToItOnce(String path, String text) throws IOException {
        long before = early();
        Answer answer = application.get(path);

        assertThat(answer.text()).isEqualTo(text);
        assertThat(answer.header("X-Filter")).isEqualTo("seen");
        assertThat(early()).isEqualTo(before);
        assertThat(CALLS).hasValue(1);
    }

    @Test
    void cookiesAreReadAndSetAsByReactorNetty() throws IOException {
        long before = early();
        Answer answer = application.exchange(request("GET", "/cookie", "Cookie: c=a; d=b"));

        assertThat(answer.text()).isEqualTo("a");
        assertThat(application.get("/cookie").text()).isEqualTo("none");
        assertThat(early()).isEqualTo(before + 2);
        assertThat(application.get("/cookie-set").header("Set-Cookie")).isEqualTo("c=v");
        assertThat(early()).isEqualTo(before + 3);
    }

    @Test
    void aBodyThatComesWithItsHead() throws IOException {
        long before = early();
        assertThat(application.exchange(post("text")).text()).isEqualTo("text");
        assertThat(early()).isEqualTo(before + 1);
    }

    @Test
    void aBodyThatComesLater() throws IOException {
        long before = early();
        try (RawConnection connection = application.connect()) {
            connection.send(head(4) + "te");
            await().until(() -> CALLS.get() == 1); // the filter has it, with what was there
            connection.send("xt");
            assertThat(connection.read().text()).isEqualTo("text");
            assertThat(early()).isEqualTo(before);
            assertThat(connection.exchange(post("again")).text()).isEqualTo("again");
            assertThat(early()).isEqualTo(before + 1);
        }
    }

    @Test
    void aBodyThatIsTooLongToHold() throws IOException {
        long before = early();
        String body = "x".repeat(17 * 1024);
        assertThat(application.exchange(post(body)).text()).isEqualTo(body);
        assertThat(early()).isEqualTo(before);
    }

    @Test
    void aBodyThatNobodyReads() throws IOException {
        long before = early();
        try (RawConnection connection = application.connect()) {
            for (int i = 0; i < 3; i++) {
                assertThat(
                                connection
                                        .exchange(
                                                request("POST", "/ignored", "Content-Length: 4")
                                                        + "text")
                                        .text())
                        .isEqualTo("ignored");
            }
        }
        assertThat(early()).isEqualTo(before + 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void aPipelineIsAnsweredInOrder(int times) throws IOException {
        String all =
                request("GET", "/plain")
                        + post("one")
                        + request("GET", "/later")
                        + post("two")
                        + request("GET", "/native")
                        + request("GET", "/mono");
        try (RawConnection connection = application.connect()) {
            connection.send(all.repeat(times));
            for (int i = 0; i < times; i++) {
                assertThat(connection.read().text()).isEqualTo("plain");
                assertThat(connection.read().text()).isEqualTo("one");
                assertThat(connection.read().text()).isEqualTo("later");
                assertThat(connection.read().text()).isEqualTo("two");
                assertThat(connection.read().text()).isEqualTo("true true");
                assertThat(connection.read().text()).isEqualTo("mono");
            }
        }
        assertThat(CALLS).hasValue(6 * times);
    }

    @Test
    void aFailureIsAnsweredAsAlways() throws IOException {
        long before = early();
        Answer answer = application.get("/fails");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(early()).isEqualTo(before + 1);
        assertThat(application.get("/plain").text()).isEqualTo("plain");
    }

    @Test
    void aClientThatGoesCancelsWhatIsUnderWay() throws Exception {
        try (RawConnection connection = application.connect()) {
            connection.send(request("GET", "/hangs"));
            await().until(() -> CALLS.get() == 1);
        }
        assertThat(released.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aRouteThatIsNeverAnsweredAtOnceIsNotTriedEachTime() throws IOException {
        long before = early();
        try (RawConnection connection = application.connect()) {
            for (int i = 0; i < 20; i++) {
                assertThat(connection.exchange(request("GET", "/sometimes?pass=yes")).text())
                        .isEqualTo("passed");
            }
            assertThat(connection.exchange(request("GET", "/sometimes")).text()).isEqualTo("now");
            assertThat(early()).isEqualTo(before); // it rests
            for (int i = 0; i < 1_000; i++) {
                connection.exchange(request("GET", "/sometimes"));
            }
            long then = early();
            connection.exchange(request("GET", "/sometimes"));
            assertThat(early()).isEqualTo(then + 1);
        }
    }

    private static String post(String body) {
        return head(body.length()) + body;
    }

    private static String head(int length) {
        return request("POST", "/echo", "Content-Type: text/plain", "Content-Length: " + length);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @Bean
        WebFilter filter() {
            return (exchange, chain) -> {
                CALLS.incrementAndGet();
                exchange.getResponse().getHeaders().set("X-Filter", "seen");
                if (exchange.getRequest().getURI().getPath().equals("/filter-answers")) {
                    ServerHttpResponse response = exchange.getResponse();
                    byte[] text = "answered by the filter".getBytes();
                    response.getHeaders().setContentLength(text.length);
                    return response.writeWith(Mono.just(response.bufferFactory().wrap(text)));
                }
                return chain.filter(exchange);
            };
        }

        @GetMapping("/plain")
        String plain() {
            return "plain";
        }

        @GetMapping("/filter-answers")
        String unasked() {
            throw new IllegalStateException("the filter has answered");
        }

        @GetMapping("/mono")
        Mono<String> mono() {
            return Mono.just("mono");
        }

        @GetMapping("/later")
        Mono<String> later() {
            return Mono.just("later").publishOn(Schedulers.parallel());
        }

        @GetMapping("/sometimes")
        Mono<String> sometimes(ServerHttpRequest request, ServerHttpResponse response) {
            if (request.getQueryParams().isEmpty()) {
                return Mono.just("now");
            }
            // which passes it on and, unlike what ends elsewhere, is over before the next is read
            assertThat(ServerHttpResponseDecorator.<Object>getNativeResponse(response)).isNotNull();
            return Mono.just("passed");
        }

        @GetMapping("/elsewhere")
        Mono<Void> elsewhere(ServerHttpResponse response) {
            return Mono.defer(
                            () ->
                                    response.writeWith(
                                            Mono.just(
                                                    response.bufferFactory()
                                                            .wrap("elsewhere".getBytes()))))
                    .subscribeOn(Schedulers.boundedElastic());
        }

        @GetMapping("/native")
        String natively(ServerWebExchange exchange) {
            return (ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest())
                            instanceof HttpServerRequest)
                    + " "
                    + (ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse())
                            instanceof HttpServerResponse);
        }

        @GetMapping("/addresses")
        String addresses(ServerHttpRequest request) {
            HttpServerRequest served = ServerHttpRequestDecorator.getNativeRequest(request);
            return String.valueOf(request.getLocalAddress()).equals("" + served.hostAddress())
                    + " "
                    + String.valueOf(request.getRemoteAddress())
                            .equals("" + served.remoteAddress());
        }

        @GetMapping("/native-elsewhere")
        Mono<String> nativeElsewhere(ServerWebExchange exchange) {
            return Mono.fromCallable(() -> natively(exchange))
                    .subscribeOn(Schedulers.boundedElastic());
        }

        @GetMapping("/flux")
        Flux<String> flux() {
            return Flux.just("one", "two");
        }

        @GetMapping("/resource")
        Resource resource() {
            return new ByteArrayResource("a resource".getBytes());
        }

        @GetMapping("/cookie-set")
        String setCookie(ServerHttpResponse response) {
            response.addCookie(ResponseCookie.from("c", "v").build());
            return "set";
        }

        @GetMapping("/cookie")
        String cookie(@CookieValue(name = "c", defaultValue = "none") String value) {
            return value;
        }

        @GetMapping("/committed-then-later")
        Mono<Void> committed(ServerHttpResponse response) {
            byte[] text = "early body".getBytes();
            response.getHeaders().setContentLength(text.length);
            return response.writeWith(Mono.just(response.bufferFactory().wrap(text)))
                    .then(
                            Mono.<Void>fromCallable(
                                            () -> {
                                                released.await();
                                                return null;
                                            })
                                    .subscribeOn(Schedulers.boundedElastic()));
        }

        @PostMapping("/echo")
        String echo(@RequestBody String body) {
            return body;
        }

        @PostMapping("/ignored")
        String ignored() {
            return "ignored";
        }

        @GetMapping("/fails")
        String fails() {
            throw new IllegalStateException("as asked");
        }

        @GetMapping("/hangs")
        Mono<String> hangs() {
            return Mono.<String>never().doOnCancel(released::countDown);
        }
    }
}
