package io.fasterapi.spring.equality;

import io.fasterapi.spring.webflux.route.Lane;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** With CORS for the whole application. */
class CorsEqualityTest extends EqualityComparison {

    @AfterAll
    void theFilteredLaneServed() {
        assertServed(Variant.CORS, Lane.FILTERED, 4000);
        assertEarly(Variant.CORS, 300);
    }

    @TestFactory
    Stream<DynamicTest> onCores() {
        return compare(Variant.CORS, EqualityCases.onceAndSeveral());
    }
}
