package io.fasterapi.spring.equality;

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
        return cases.stream()
                .map(c -> DynamicTest.dynamicTest(c.name(), () -> comparison(variant).play(c)));
    }

    private Comparison comparison(Variant variant) {
        return new Comparison(stock(variant.stock()), candidate(variant), variant.name());
    }

    final Server candidate(Variant variant) {
        return candidates.computeIfAbsent(variant, Variant::start);
    }

    final Server stock(Variant.Stock stock) {
        return stocks.computeIfAbsent(stock, Variant.Stock::start);
    }
}
