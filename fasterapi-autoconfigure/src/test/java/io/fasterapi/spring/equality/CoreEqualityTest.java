package io.fasterapi.spring.equality;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Everything on the cores. */
class CoreEqualityTest extends EqualityComparison {

    @TestFactory
    Stream<DynamicTest> onCores() {
        return compare(Variant.CORE);
    }
}
