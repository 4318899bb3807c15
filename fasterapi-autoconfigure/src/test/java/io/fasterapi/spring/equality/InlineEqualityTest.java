package io.fasterapi.spring.equality;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.server.FrontDoor;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Everything on the event loops. */
class InlineEqualityTest extends EqualityComparison {

    @AfterAll
    void manyWereAnsweredBeforeReactorNetty() {
        long served = candidate(Variant.INLINE).bean(FrontDoor.class).servedCount();
        assertThat(served).isGreaterThan(100);
    }

    @TestFactory
    Stream<DynamicTest> inline() {
        return compare(Variant.INLINE);
    }
}
