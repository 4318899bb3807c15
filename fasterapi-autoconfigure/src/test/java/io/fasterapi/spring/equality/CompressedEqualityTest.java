package io.fasterapi.spring.equality;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** With compression, which the connection does. */
class CompressedEqualityTest extends EqualityComparison {

    @TestFactory
    Stream<DynamicTest> onCores() {
        return compare(Variant.COMPRESSION, EqualityCases.once());
    }

    @TestFactory
    Stream<DynamicTest> anywhere() {
        return compare(Variant.COMPRESSION_AUTO, EqualityCases.once());
    }
}
