package io.fasterapi.spring.webflux.invoke;

import static io.fasterapi.spring.testing.RawConnection.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.testing.Answer;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.spring.webflux.compile.ControllerRoutes;
import io.fasterapi.spring.webflux.route.Lane;
import io.fasterapi.spring.webflux.route.RouteReport;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A request with a body that has begun on the direct lane and fails there: its exception handler
 * may do with the request what it may do in stock.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayedRequestEqualityTest {

    private static final String FAILURE = "an exception";
    private static final String UNUSUAL = "an unusual result";

    /** Methods that answer later take the direct lane only where nothing is observed. */
    private static final String UNOBSERVED =
            "spring.autoconfigure.exclude=org.springframework.boot.micrometer.observation"
                    + ".autoconfigure.ObservationAutoConfiguration";

    private RunningApplication stock;
    private RunningApplication direct;

    @BeforeAll
    void start() {
        stock = RunningApplication.start(Application.class, "fasterapi.enabled=false", UNOBSERVED);
        direct = RunningApplication.start(Application.class, "fasterapi.cores.count=1", UNOBSERVED);
    }

    @AfterAll
    void stop() {
        direct.awaitIdle();
        direct.close();
        stock.close();
    }

    /** How the method ends: at once, later, in its argument, while its result is written. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/fails {\"x\":1}",
                "/fails-later {\"x\":1}",
                "/fails {\"x\":",
                "/unwritable {\"x\":1}",
                "/fails-as-mono {\"x\":2}"
            })
    void theHandlerSeesTheRequestOfStock(String sent) throws IOException {
        String path = sent.substring(0, sent.indexOf(' '));
        String body = sent.substring(sent.indexOf(' ') + 1);
        assertThat(call(direct, path, "{\"x\":0}").status()).isEqualTo(200); // learns
        Answer expected = call(stock, path, body);
        long before = left(path);
        Answer actual = call(direct, path, body);

        assertThat(expected.status()).isEqualTo(418);
        assertThat(expected.text()).contains("POST " + path + "?q=a%20b").contains("native");
        assertThat(actual.comparable()).isEqualTo(expected.comparable());
        assertThat(report(path).lane()).isEqualTo(Lane.DIRECT.label());
        assertThat(left(path)).as("left the lane of %s", report(path)).isEqualTo(before + 1);
    }

    private static Answer call(RunningApplication application, String path, String body)
            throws IOException {
        try (RawConnection connection = application.connect()) {
            return connection.exchange(json(path + "?q=a%20b", body));
        }
    }

    /** What a Mono fails with counts as an unusual result. */
    private long left(String path) {
        Map<String, Long> reasons = report(path).left();
        return reasons.getOrDefault(FAILURE, 0L) + reasons.getOrDefault(UNUSUAL, 0L);
    }

    private RouteReport report(String path) {
        List<RouteReport> all = direct.bean(ControllerRoutes.class).report();
        return all.stream().filter(each -> each.pattern().equals(path)).findFirst().orElseThrow();
    }

    record Point(int x) {

        public int getTrouble() {
            if (x == 3) {
                throw new IllegalArgumentException("trouble");
            }
            return x;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        private static Point check(Point point) {
            if (point.x() > 0) {
                throw new IllegalStateException("x " + point.x());
            }
            return point;
        }

        @PostMapping("/fails")
        Point fails(@RequestBody Point point, @RequestParam String q) {
            return check(point);
        }

        @PostMapping("/fails-later")
        Mono<Point> failsLater(@RequestBody Point point) {
            return Mono.fromSupplier(() -> check(point));
        }

        @PostMapping("/fails-as-mono")
        Mono<Point> failsAsMono(@RequestBody Mono<Point> point) {
            return point.map(Application::check);
        }

        @PostMapping("/unwritable")
        Point unwritable(@RequestBody Point point) {
            return new Point(point.x() * 3);
        }

        @ExceptionHandler({
            IllegalStateException.class,
            ServerWebInputException.class,
            org.springframework.core.codec.EncodingException.class
        })
        Mono<ResponseEntity<String>> handle(Exception failure, ServerWebExchange exchange) {
            ServerHttpRequest request = exchange.getRequest();
            HttpServerRequest sent = ((AbstractServerHttpRequest) request).getNativeRequest();
            HttpServerResponse answer =
                    ((AbstractServerHttpResponse) exchange.getResponse()).getNativeResponse();
            String seen =
                    String.join(
                            " ",
                            failure.getClass().getSimpleName(),
                            sent.method().name(),
                            sent.uri(),
                            "native",
                            sent.requestHeaders().get("Content-Type"),
                            sent.version().text(),
                            String.valueOf(answer.status().code()),
                            request.getQueryParams().toString(),
                            request.getPath().value(),
                            request.getURI().getRawQuery(),
                            String.valueOf(request.getRemoteAddress() != null),
                            exchange.getLogPrefix().equals("[" + request.getId() + "] ")
                                    ? "same id"
                                    : "another id");
            return Mono.just(ResponseEntity.status(418).body(seen));
        }
    }
}
