package io.fasterapi.spring.equality;

import io.fasterapi.spring.webflux.route.Lane;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Everything on the event loops. */
class InlineEqualityTest extends EqualityComparison {

    @AfterAll
    void manyWereAnsweredBeforeReactorNetty() {
        assertEarly(Variant.INLINE, 1000);
    }

    @AfterAll
    void fastLanesServed() {
        assertServed(Variant.INLINE, Lane.DIRECT, 1000);
        assertServed(Variant.INLINE, Lane.FILTERED, 1000);
    }

    @TestFactory
    Stream<DynamicTest> inline() {
        return compare(Variant.INLINE);
    }
}
