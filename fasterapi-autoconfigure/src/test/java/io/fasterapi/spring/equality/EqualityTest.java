package io.fasterapi.spring.equality;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.equality.Recording.State;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Every case, played against stock and against ours, gives one and the same recording. {@code
 * -Dequality.stock-only=true} plays stock twice instead: what fails then is a case that is not
 * deterministic.
 */
@TestInstance(Lifecycle.PER_CLASS)
class EqualityTest {

    private final Map<Variant.Stock, Server> stocks = new EnumMap<>(Variant.Stock.class);
    private final Map<Variant, Server> candidates = new EnumMap<>(Variant.class);

    @AfterAll
    void close() {
        candidates.values().forEach(Server::close);
        stocks.values().forEach(Server::close);
    }

    @TestFactory
    Stream<DynamicTest> onCores() {
        return compare(Variant.CORE);
    }

    @TestFactory
    Stream<DynamicTest> inline() {
        return compare(Variant.INLINE);
    }

    @TestFactory
    Stream<DynamicTest> withWebFilters() {
        return compare(Variant.WEB_FILTER);
    }

    @TestFactory
    Stream<DynamicTest> withCompression() {
        return compare(Variant.COMPRESSION);
    }

    private Stream<DynamicTest> compare(Variant variant) {
        return EqualityCases.list().stream()
                .map(c -> DynamicTest.dynamicTest(c.name(), () -> compare(variant, c)));
    }

    private void compare(Variant variant, EqualityCase played) {
        Server stock = stocks.computeIfAbsent(variant.stock(), Variant.Stock::start);
        Server candidate = candidates.computeIfAbsent(variant, Variant::start);
        Recording expected = stock.answers(played);
        assertThat(expected.state())
                .as("stock itself, %s, %s:\n%s", variant, played, expected)
                .isNotEqualTo(State.SILENT);
        Recording actual = candidate.answers(played);
        assertThat(actual.toString())
                .as("%s, %s; expected is stock", variant, played)
                .isEqualTo(expected.toString());
    }
}
