package io.fasterapi.spring.equality;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.netty.FrontDoor;
import io.fasterapi.spring.webflux.compile.ControllerRoutes;
import io.fasterapi.spring.webflux.route.Lane;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Every case, played against stock and against ours, gives one and the same recording. {@code
 * -Dequality.stock-only=true} plays stock twice instead: what fails then is a case that is not
 * deterministic. Each test class has its own servers, so that several can run side by side.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class EqualityComparison {

    private final Map<Variant.Stock, Server> stocks = new EnumMap<>(Variant.Stock.class);
    private final Map<Variant, Server> candidates = new EnumMap<>(Variant.class);

    @AfterAll
    void close() {
        candidates.values().forEach(Server::close);
        stocks.values().forEach(Server::close);
    }

    final Stream<DynamicTest> compare(Variant variant) {
        return compare(variant, EqualityCases.list());
    }

    final Stream<DynamicTest> compare(Variant variant, List<EqualityCase> cases) {
        Comparison comparison =
                new Comparison(stock(variant.stock()), candidate(variant), variant.name());
        return cases.stream().map(c -> DynamicTest.dynamicTest(c.name(), () -> comparison.play(c)));
    }

    /** How many calls of the candidate's compiled methods a lane has served so far. */
    final long calls(Variant variant, Lane lane) {
        return candidate(variant).bean(ControllerRoutes.class).counters().calls(lane);
    }

    /**
     * Fails unless this many calls were served on a lane, and none was left to WebFlux by a method
     * that a lane could call. When all cases are played; says nothing of stock alone.
     */
    final void assertServed(Variant variant, Lane lane, long atLeast) {
        if (Comparison.isStockOnly()) {
            return;
        }
        assertThat(calls(variant, lane))
                .as("calls of %s on %s", variant, lane)
                .isGreaterThanOrEqualTo(atLeast);
        assertThat(calls(variant, Lane.WEBFLUX)).as("calls of %s on WebFlux", variant).isZero();
    }

    /** Fails unless so many were answered before Reactor Netty saw them: else it was its way. */
    final void assertEarly(Variant variant, long atLeast) {
        if (!Comparison.isStockOnly()) {
            assertThat(early(variant)).as("early, %s", variant).isGreaterThanOrEqualTo(atLeast);
        }
    }

    /** Fails if one was answered before Reactor Netty saw it. */
    final void assertNoneEarly(Variant variant) {
        if (!Comparison.isStockOnly()) {
            assertThat(early(variant)).as("early, %s", variant).isZero();
        }
    }

    private long early(Variant variant) {
        return candidate(variant).bean(FrontDoor.class).servedCount();
    }

    final Server candidate(Variant variant) {
        return candidates.computeIfAbsent(variant, Variant::start);
    }

    final Server stock(Variant.Stock stock) {
        return stocks.computeIfAbsent(stock, Variant.Stock::start);
    }
}
