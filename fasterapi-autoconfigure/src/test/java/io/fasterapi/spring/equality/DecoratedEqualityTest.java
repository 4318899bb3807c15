package io.fasterapi.spring.equality;

import io.fasterapi.spring.webflux.route.Lane;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Behind two filters, one of which hands on a request of a class of its own. */
class DecoratedEqualityTest extends EqualityComparison {

    @AfterAll
    void theFilteredLaneServed() {
        assertServed(Variant.DECORATED, Lane.FILTERED, 600);
        assertServed(Variant.DECORATED_INLINE, Lane.FILTERED, 4000);
        assertEarly(Variant.DECORATED, 100);
        assertEarly(Variant.DECORATED_INLINE, 1000);
    }

    @TestFactory
    Stream<DynamicTest> onCores() {
        return compare(Variant.DECORATED, EqualityCases.once());
    }

    @TestFactory
    Stream<DynamicTest> inline() {
        return compare(Variant.DECORATED_INLINE);
    }
}
