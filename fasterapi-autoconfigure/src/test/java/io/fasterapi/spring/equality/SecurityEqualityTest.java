package io.fasterapi.spring.equality;

import io.fasterapi.spring.webflux.route.Lane;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Behind Spring Security as it comes: its firewall wraps each request, and its session has the
 * handler run on another thread.
 */
class SecurityEqualityTest extends EqualityComparison {

    /** How much of a stream is written before it fails depends on the faster of two threads. */
    static final Set<String> RACES =
            Set.of(
                    "stream fails behind the first element",
                    "events fail behind the first",
                    "array fails in the middle");

    @AfterAll
    void theFilteredLaneServed() {
        assertServed(Variant.SECURITY, Lane.FILTERED, 600);
        assertServed(Variant.SECURITY_INLINE, Lane.FILTERED, 600);
        assertEarly(Variant.SECURITY, 300);
        assertEarly(Variant.SECURITY_INLINE, 300);
    }

    @TestFactory
    Stream<DynamicTest> onCores() {
        return compare(
                Variant.SECURITY,
                EqualityCases.apart().stream().filter(c -> !RACES.contains(c.name())).toList());
    }

    @TestFactory
    Stream<DynamicTest> inline() {
        return compare(
                Variant.SECURITY_INLINE,
                EqualityCases.apart().stream().filter(c -> !RACES.contains(c.name())).toList());
    }
}
