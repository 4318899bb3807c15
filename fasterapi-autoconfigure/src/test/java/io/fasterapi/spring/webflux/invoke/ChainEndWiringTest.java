package io.fasterapi.spring.webflux.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.webflux.route.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.handler.DefaultWebFilterChain;
import reactor.core.publisher.Mono;

/** The end of the chain is one only where nothing of the application comes after it. */
class ChainEndWiringTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final List<String> passed = new ArrayList<>();
    private final LaneCounters counters = new LaneCounters();
    private final ChainEnd end = new ChainEnd(counters);
    private final WebHandler dispatcher = exchange -> Mono.fromRunnable(() -> note("dispatcher"));
    private final WebFilter other =
            (exchange, chain) -> {
                note("filter");
                return chain.filter(exchange);
            };

    /** Finds a handler that no adapter calls, which is seen by its own way to fail. */
    private final HandlerMapping mapping =
            exchange -> {
                note("mapping");
                return Mono.just("a handler of no kind");
            };

    private void note(String what) {
        passed.add(what);
    }

    private void play(WebHandler handler, List<WebFilter> filters) {
        end.dispatchBy(
                new Dispatcher(
                        new DispatchParts(
                                List.of(mapping),
                                List.of(mapping),
                                List.of(),
                                List.of(),
                                List.of()),
                        Map.of(),
                        counters),
                dispatcher);
        MockServerWebExchange exchange =
                MockServerWebExchange.from(MockServerHttpRequest.get("/any"));
        new DefaultWebFilterChain(handler, filters)
                .filter(exchange)
                .onErrorResume(IllegalStateException.class, none -> Mono.empty())
                .block(LIMIT);
    }

    @Test
    void whereItIsTheLastItDispatches() {
        play(dispatcher, List.of(other, end));

        assertThat(passed).containsExactly("filter", "mapping");
        assertThat(counters.calls(Lane.FILTERED)).isOne();
        assertThat(counters.calls(Lane.WEBFLUX)).isZero();
    }

    @Test
    void aFilterAfterItIsPassed() {
        play(dispatcher, List.of(end, other));

        assertThat(passed).containsExactly("filter", "dispatcher");
        assertThat(counters.calls(Lane.FILTERED)).isZero();
        assertThat(counters.calls(Lane.WEBFLUX)).isOne();
    }

    @Test
    void anotherHandlerBehindItIsCalled() {
        play(exchange -> Mono.fromRunnable(() -> note("own handler")), List.of(other, end));

        assertThat(passed).containsExactly("filter", "own handler");
        assertThat(counters.calls(Lane.WEBFLUX)).isOne();
    }

    @Test
    void aPreFlightRequestIsTheDispatchers() {
        end.dispatchBy(
                new Dispatcher(
                        new DispatchParts(
                                List.of(mapping),
                                List.of(mapping),
                                List.of(),
                                List.of(),
                                List.of()),
                        Map.of(),
                        counters),
                dispatcher);
        MockServerWebExchange exchange =
                MockServerWebExchange.from(
                        MockServerHttpRequest.options("/any")
                                .header("Origin", "http://elsewhere")
                                .header("Access-Control-Request-Method", "GET"));
        new DefaultWebFilterChain(dispatcher, List.of(end)).filter(exchange).block(LIMIT);

        assertThat(passed).containsExactly("dispatcher");
    }
}
