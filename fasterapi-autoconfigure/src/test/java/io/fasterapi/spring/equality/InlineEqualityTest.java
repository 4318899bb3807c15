package io.fasterapi.spring.equality;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Everything on the event loops. */
class InlineEqualityTest extends EqualityComparison {

    @TestFactory
    Stream<DynamicTest> inline() {
        return compare(Variant.INLINE);
    }
}
