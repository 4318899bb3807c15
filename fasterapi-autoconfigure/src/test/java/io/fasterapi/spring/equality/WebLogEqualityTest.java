package io.fasterapi.spring.equality;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.webflux.route.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Who switches Spring's log on sees as many lines of a request as with stock, and the same. */
class WebLogEqualityTest extends EqualityComparison {

    private static final int LEAST = 3;

    private final List<String> requests = requests();

    /** Boot leaves the threshold in the system properties, for every application after this one. */
    @AfterAll
    static void forgetTheThreshold() {
        System.clearProperty("CONSOLE_LOG_THRESHOLD");
    }

    @AfterAll
    void fastLanesServed() {
        assertServed(Variant.WEB_LOG, Lane.FILTERED, 150); // it would log nothing on the other
        assertServed(Variant.WEB_LOG_FILTERED, Lane.FILTERED, 150);
    }

    @TestFactory
    Stream<DynamicTest> onCores() {
        return compareLogs(Variant.WEB_LOG);
    }

    @TestFactory
    Stream<DynamicTest> filteredInline() {
        return compareLogs(Variant.WEB_LOG_FILTERED);
    }

    private Stream<DynamicTest> compareLogs(Variant variant) {
        Server stock = stock(variant.stock());
        Server ours = candidate(variant);
        RequestLog expected = RequestLog.of(stock, requests);
        RequestLog actual = RequestLog.of(ours, requests);
        return IntStream.range(0, requests.size())
                .mapToObj(
                        i ->
                                DynamicTest.dynamicTest(
                                        i + " " + requests.get(i).lines().findFirst().orElse(""),
                                        () -> assertSame(expected.lines(i), actual.lines(i))));
    }

    private static void assertSame(List<String> expected, List<String> actual) {
        assertThat(expected).as("lines of stock").hasSizeGreaterThanOrEqualTo(LEAST);
        assertThat(actual).as("lines, as those of stock").isEqualTo(expected);
    }

    /** Twice each, in turns: what a first request has taught must not silence the second. */
    private static List<String> requests() {
        List<String> all = new ArrayList<>();
        for (String target : TargetList.ALL) {
            if (!LateAnswers.isLate("GET " + target)) {
                all.add(RequestText.get(target));
            }
        }
        all.add(RequestText.post("/point", RequestText.JSON, "{\"x\":1}"));
        all.add(RequestText.post("/echo", RequestText.TEXT, "text"));
        all.add(RequestText.post("/valid", RequestText.JSON, "{\"name\":\"\"}"));
        all.add(RequestText.post("/point", RequestText.JSON, "{\"x\":"));
        all.addAll(List.copyOf(all));
        return all;
    }
}
