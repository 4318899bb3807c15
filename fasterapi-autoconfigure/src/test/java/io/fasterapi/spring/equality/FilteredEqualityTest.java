package io.fasterapi.spring.equality;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.webflux.route.Lane;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Behind filters. */
class FilteredEqualityTest extends EqualityComparison {

    @AfterAll
    void theFilteredLaneServed() {
        assertServed(Variant.WEB_FILTER, Lane.FILTERED, 4000);
        assertServed(Variant.WEB_FILTER_VIRTUAL, Lane.FILTERED, 500);
        assertServed(Variant.WEB_FILTER_BEHIND_REACTOR_NETTY, Lane.FILTERED, 500);
    }

    @AfterAll
    void bothWaysServed() {
        assertEarly(Variant.WEB_FILTER, 1000);
        assertEarly(Variant.WEB_FILTER_VIRTUAL, 100);
        assertNoneEarly(Variant.WEB_FILTER_BEHIND_REACTOR_NETTY);
    }

    @TestFactory
    Stream<DynamicTest> onCoresBehindReactorNetty() {
        return compare(Variant.WEB_FILTER_BEHIND_REACTOR_NETTY, EqualityCases.once());
    }

    @TestFactory
    Stream<DynamicTest> onCores() {
        return compare(Variant.WEB_FILTER);
    }

    @TestFactory
    Stream<DynamicTest> onThreads() {
        return compare(Variant.WEB_FILTER_VIRTUAL, EqualityCases.once());
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
}
