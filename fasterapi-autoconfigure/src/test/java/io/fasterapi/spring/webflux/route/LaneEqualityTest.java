package io.fasterapi.spring.webflux.route;

import static io.fasterapi.spring.testing.RawConnection.json;
import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.testing.RunningApplication;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.server.WebFilter;

/** A route answers the same whether it is reached directly or behind a filter. */
class LaneEqualityTest {

    private static final String[] LIMIT = {"fasterapi.routes.max-body-size=64B"};

    private static final String TARGETS =
            """
            /text /text?a=b /text? /json /teapot /broken /silent /failed /late
            /later-failed /created /empty /items/a /items/a%20b /items/a%2Fb
            /items/%C3%A9 /items/a;b=c /items/a?tag=1&tag=2 /items/a?tag=%41+b
            /items/a?tag /items/ /items /items/a/ //text /./text /TEXT /te%78t
            /nowhere /text?%zz /items/%zz http://test/text /guarded/x
            """;

    private static RunningApplication direct;
    private static RunningApplication filtered;

    @BeforeAll
    static void start() {
        direct = RunningApplication.start(RouteApplication.class, LIMIT);
        filtered =
                RunningApplication.start(
                        List.of(RouteApplication.class, PassingFilter.class), LIMIT);
    }

    @AfterAll
    static void stop() {
        direct.awaitIdle();
        filtered.awaitIdle();
        direct.close();
        filtered.close();
    }

    static Stream<String> requests() {
        Stream<String> gets =
                Stream.of(TARGETS.split("\\s+")).map(target -> request("GET", target));
        Stream<String> others =
                Stream.of(
                        request("HEAD", "/text"),
                        request("HEAD", "/json"),
                        request("HEAD", "/empty"),
                        request("HEAD", "/teapot"),
                        request("OPTIONS", "/text"),
                        request("DELETE", "/items/a"),
                        request("PUT", "/items/a"),
                        request("PATCH", "/items/a"),
                        request("GET", "/items/a", "X-In: 1", "X-In: 2"),
                        request("GET", "/text", "Accept: application/xml"),
                        json("/items", "{\"itemName\":\"ink\",\"amount\":2}"),
                        json("/items", "{"),
                        json("/items", ""),
                        json("/items", "[]"),
                        json("/items", "null"),
                        json("/length", "a".repeat(64)),
                        json("/length", "a".repeat(65)),
                        json("/length", "a".repeat(5000)),
                        request("POST", "/length", "Transfer-Encoding: chunked")
                                + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
        return Stream.concat(gets, others);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void sameAnswer(String request) throws IOException {
        assertThat(direct.exchange(request).comparable())
                .isEqualTo(filtered.exchange(request).comparable());
    }

    @Configuration(proxyBeanMethods = false)
    static class PassingFilter {

        @Bean
        WebFilter passing() {
            return (exchange, chain) -> chain.filter(exchange);
        }
    }
}
