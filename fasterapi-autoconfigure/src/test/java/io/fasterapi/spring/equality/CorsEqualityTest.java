package io.fasterapi.spring.equality;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** With CORS for the whole application. */
class CorsEqualityTest extends EqualityComparison {

    @TestFactory
    Stream<DynamicTest> onCores() {
        return compare(Variant.CORS, EqualityCases.onceAndSeveral());
    }
}
