package io.fasterapi.spring.equality;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.webflux.route.Lane;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import reactor.core.publisher.Hooks;

/** Behind Spring Security, with spans and automatic context propagation. */
class TracingEqualityTest extends EqualityComparison {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "traceparent: 00-" + TRACE + "-00f067aa0ba902b7-01";

    /** Reactor has one hook for the whole JVM, which no context that ends takes back. */
    @AfterAll
    static void propagateNoMore() {
        Hooks.disableAutomaticContextPropagation();
    }

    @AfterAll
    void theFilteredLaneServed() {
        assertServed(Variant.TRACING, Lane.FILTERED, 600);
        assertEarly(Variant.TRACING, 300);
    }

    @TestFactory
    Stream<DynamicTest> anywhere() {
        return compare(
                Variant.TRACING,
                EqualityCases.apart().stream()
                        .filter(c -> !SecurityEqualityTest.RACES.contains(c.name()))
                        .toList());
    }

    /** Where a handler finds the trace of its client, and where not even stock has one. */
    @TestFactory
    Stream<DynamicTest> theTraceOfTheClient() {
        return compare(
                Variant.TRACING,
                Stream.of("now", "later", "delayed", "stream").map(this::traced).toList());
    }

    private EqualityCase traced(String path) {
        EqualityCase twice = EqualityCase.named("traced " + path).withoutProbe();
        String request = RequestText.get("/traced/" + path, PARENT);
        RepeatedCases.inTurn(twice, List.of(request, request), true);
        return twice;
    }

    /** Else the comparison would be one of nothing with nothing. */
    @Test
    void stockFindsIt() {
        for (String path : List.of("later", "delayed")) {
            assertThat(stock(Variant.Stock.TRACING).answers(traced(path)).responses())
                    .allMatch(answer -> answer.body().equals(TRACE));
        }
    }
}
