package io.fasterapi.spring.equality;

import io.fasterapi.spring.webflux.route.Lane;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Everything on the cores. */
class CoreEqualityTest extends EqualityComparison {

    @AfterAll
    void fastLanesServed() {
        assertServed(Variant.CORE, Lane.DIRECT, 1000);
        assertServed(Variant.CORE, Lane.FILTERED, 1000);
        assertServed(Variant.CORE_BEHIND_REACTOR_NETTY, Lane.DIRECT, 100);
        assertServed(Variant.CORE_BEHIND_REACTOR_NETTY, Lane.FILTERED, 100);
    }

    @AfterAll
    void bothWaysServed() {
        assertEarly(Variant.CORE, 1000);
        assertNoneEarly(Variant.CORE_BEHIND_REACTOR_NETTY);
    }

    @TestFactory
    Stream<DynamicTest> onCoresBehindReactorNetty() {
        return compare(Variant.CORE_BEHIND_REACTOR_NETTY, EqualityCases.once());
    }

    @TestFactory
    Stream<DynamicTest> onCores() {
        return compare(Variant.CORE);
    }
}
