package io.fasterapi.spring.equality;

import io.fasterapi.spring.webflux.route.Lane;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** With compression, which the connection does. */
class CompressedEqualityTest extends EqualityComparison {

    @AfterAll
    void fastLanesServed() {
        assertServed(Variant.COMPRESSION, Lane.DIRECT, 100);
        assertServed(Variant.COMPRESSION, Lane.FILTERED, 100);
        assertServed(Variant.COMPRESSION_AUTO, Lane.DIRECT, 100);
        assertServed(Variant.COMPRESSION_AUTO, Lane.FILTERED, 100);
        assertEarly(Variant.COMPRESSION, 100);
        assertEarly(Variant.COMPRESSION_AUTO, 100);
    }

    @TestFactory
    Stream<DynamicTest> onCores() {
        return compare(Variant.COMPRESSION, EqualityCases.once());
    }

    @TestFactory
    Stream<DynamicTest> anywhere() {
        return compare(Variant.COMPRESSION_AUTO, EqualityCases.once());
    }
}
