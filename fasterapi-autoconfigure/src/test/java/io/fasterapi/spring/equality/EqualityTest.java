package io.fasterapi.spring.equality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
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
    Stream<DynamicTest> withWebFiltersOnThreads() {
        return compare(Variant.WEB_FILTER_VIRTUAL, EqualityCases.onceAndSeveral());
    }

    @TestFactory
    Stream<DynamicTest> withCompressionAnywhere() {
        return compare(Variant.COMPRESSION_AUTO, EqualityCases.once());
    }

    @TestFactory
    Stream<DynamicTest> withCompression() {
        return compare(Variant.COMPRESSION, EqualityCases.once());
    }

    @TestFactory
    Stream<DynamicTest> withCors() {
        return compare(Variant.CORS, EqualityCases.onceAndSeveral());
    }

    /** Else the spellings of these paths would prove nothing. */
    @Test
    void stockRefusesWhatIsGuarded() {
        for (String path : GuardedCases.PATHS) {
            EqualityCase plain = EqualityCase.named(path).requests(RequestText.get(path));
            assertThat(stock(Variant.Stock.WEB_FILTER).answers(plain).responses().get(0).status())
                    .as("status of %s behind the filters", path)
                    .isEqualTo(403);
            assertThat(stock(Variant.Stock.PLAIN).answers(plain).responses().get(0).status())
                    .as("status of %s without filters", path)
                    .isEqualTo(200);
            assertThat(Spellings.requests(path)).as("spellings").hasSizeGreaterThan(60);
        }
    }

    private Stream<DynamicTest> compare(Variant variant) {
        return compare(variant, EqualityCases.list());
    }

    private Stream<DynamicTest> compare(Variant variant, List<EqualityCase> cases) {
        return cases.stream()
                .map(c -> DynamicTest.dynamicTest(c.name(), () -> comparison(variant).play(c)));
    }

    private Comparison comparison(Variant variant) {
        Server candidate = candidates.computeIfAbsent(variant, Variant::start);
        return new Comparison(stock(variant.stock()), candidate, variant.name());
    }

    private Server stock(Variant.Stock stock) {
        return stocks.computeIfAbsent(stock, Variant.Stock::start);
    }
}
