package io.fasterapi.spring.webflux.dispatch;

import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fasterapi.netty.FrontDoor;
import io.fasterapi.spring.testing.Answer;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;

/** Whoever has a say in a request sees it before it is answered, however early that may be. */
class EarlyExchangeConditionsWiringTest {

    private static final int REQUESTS = 3;

    /** More than what is compressed by default. */
    private static final int LONG = 20_000;

    @Test
    void allButTheFirstAreAnsweredEarly() throws IOException {
        assertThat(early(List.of(Application.class), "/plain", "")).isEqualTo(REQUESTS - 1);
    }

    /** Reactor Netty's own handler sees what is answered early, too. */
    @Test
    void aConnectionThatIsIdleEndsAsEver() throws IOException {
        try (RunningApplication application =
                        RunningApplication.start(
                                Application.class,
                                "fasterapi.placement.default=inline",
                                "fasterapi.fast-lane.controllers=off",
                                "server.netty.idle-timeout=300ms");
                RawConnection connection = application.connect()) {
            for (int i = 0; i < REQUESTS; i++) {
                assertThat(connection.exchange(request("GET", "/plain")).text()).isEqualTo("plain");
            }
            assertThat(application.bean(FrontDoor.class).servedCount()).isEqualTo(REQUESTS - 1);
            assertThatThrownBy(connection::read).isInstanceOf(EOFException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Decorating.class, Customizing.class, OwnHandler.class})
    void noneWhereSomethingStandsBeforeWebFlux(Class<?> obstacle) throws IOException {
        assertThat(early(List.of(Application.class, obstacle), "/plain", "")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server.http2.enabled=true",
                "logging.level.org.springframework.http.server.reactive.ServerHttpRequest=debug",
            })
    void noneWhereAPropertyAsksForMore(String property) throws IOException {
        assertThat(early(List.of(Application.class), "/plain", property)).isZero();
    }

    /** Whether Reactor Netty compresses an answer it decides answer by answer. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "off"})
    void noneThatReactorNettyMayCompress(String lane) throws IOException {
        try (RunningApplication application =
                        RunningApplication.start(
                                Application.class,
                                "fasterapi.placement.default=inline",
                                "fasterapi.fast-lane.controllers=" + lane,
                                "server.compression.enabled=true");
                RawConnection connection = application.connect()) {
            for (int i = 0; i < REQUESTS; i++) {
                String request = request("GET", "/long", "Accept-Encoding: gzip");
                assertThat(connection.exchange(request).header("Content-Encoding"))
                        .as("answer %s", i)
                        .isEqualTo("gzip");
            }
            assertThat(application.bean(FrontDoor.class).servedCount()).isZero();
            for (int i = 0; i < REQUESTS; i++) {
                Answer plain = connection.exchange(request("GET", "/long"));
                assertThat(plain.header("Content-Encoding")).isEmpty();
                assertThat(plain.body()).hasSize(LONG);
            }
            assertThat(application.bean(FrontDoor.class).servedCount()).isPositive();
        }
    }

    /** In which something is left to do for Reactor Netty. */
    @ParameterizedTest
    @CsvSource({"/unsized, early body", "/closing, closing", "/no-body, ''"})
    void noneOfTheseAnswers(String path, String text) throws IOException {
        try (RunningApplication application =
                RunningApplication.start(
                        Application.class,
                        "fasterapi.placement.default=inline",
                        "fasterapi.fast-lane.controllers=off")) {
            for (int i = 0; i < REQUESTS; i++) {
                assertThat(application.get(path).text()).isEqualTo(text);
            }
            assertThat(application.bean(FrontDoor.class).servedCount()).isZero();
        }
    }

    @Test
    void noneBelowABasePath() throws IOException {
        String property = "spring.webflux.base-path=/base";
        assertThat(early(List.of(Application.class), "/base/plain", property)).isZero();
    }

    /** None may be under way on a core whose connection somebody else watches. */
    @ParameterizedTest
    @CsvSource({
        "auto, server.netty.max-initial-line-length=4KB, true",
        "auto, server.netty.idle-timeout=30s, false",
        "auto, fasterapi.deadline-header=X-Budget, true",
        "off, server.netty.max-initial-line-length=4KB, true",
        "off, server.netty.idle-timeout=30s, false",
        "off, fasterapi.deadline-header=X-Budget, true"
    })
    void onACore(String lane, String property, boolean early) throws IOException {
        try (RunningApplication application =
                        RunningApplication.start(
                                Application.class,
                                "fasterapi.placement.default=core",
                                "fasterapi.fast-lane.controllers=" + lane,
                                property);
                RawConnection connection = application.connect()) {
            for (int i = 0; i < REQUESTS; i++) {
                assertThat(connection.exchange(request("GET", "/plain")).text()).isEqualTo("plain");
            }
            assertThat(application.published()).isEqualTo(REQUESTS);
            assertThat(application.bean(FrontDoor.class).servedCount())
                    .isEqualTo(early ? REQUESTS - 1 : 0);
        }
    }

    private static long early(List<Class<?>> sources, String path, String property)
            throws IOException {
        List<String> properties = new ArrayList<>(List.of("fasterapi.placement.default=inline"));
        properties.add("fasterapi.fast-lane.controllers=off");
        if (!property.isEmpty()) {
            properties.add(property);
        }
        try (RunningApplication application =
                        RunningApplication.start(sources, properties.toArray(String[]::new));
                RawConnection connection = application.connect()) {
            for (int i = 0; i < REQUESTS; i++) {
                Answer answer = connection.exchange(request("GET", path));
                assertThat(answer.text()).isEqualTo("plain");
                assertThat(answer.headers().containsKey("x-seen")).isEqualTo(sources.size() > 1);
            }
            return application.bean(FrontDoor.class).servedCount();
        }
    }

    private static HttpHandler marked(HttpHandler handler) {
        return (request, response) -> {
            response.getHeaders().set("X-Seen", "yes");
            return handler.handle(request, response);
        };
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @GetMapping("/plain")
        String plain() {
            return "plain";
        }

        @GetMapping("/long")
        String longText() {
            return "x".repeat(LONG);
        }

        @GetMapping("/unsized")
        Mono<Void> unsized(ServerHttpResponse response) {
            byte[] text = "early body".getBytes();
            return response.writeWith(Mono.just(response.bufferFactory().wrap(text)));
        }

        @GetMapping("/closing")
        String closing(ServerHttpResponse response) {
            response.getHeaders().setConnection("close");
            return "closing";
        }

        @GetMapping("/no-body")
        @ResponseStatus(HttpStatus.NO_CONTENT)
        String noBody() {
            return "none";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Decorating {

        @Bean
        HttpHandlerDecoratorFactory decorating() {
            return EarlyExchangeConditionsWiringTest::marked;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Customizing {

        @Bean
        WebHttpHandlerBuilderCustomizer customizing() {
            return builder ->
                    builder.httpHandlerDecorator(EarlyExchangeConditionsWiringTest::marked);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnHandler {

        @Bean
        HttpHandler own(ApplicationContext context) {
            return marked(WebHttpHandlerBuilder.applicationContext(context).build());
        }
    }
}
