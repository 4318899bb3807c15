package io.fasterapi.spring.webflux.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.equality.Comparison;
import io.fasterapi.spring.testing.Answer;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * One application, started at its first use: as stock, and in each {@link Setting}. {@code
 * -Dequality.stock-only=true} starts stock for those too: what fails then expects the wrong thing.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class ComparedSettings {

    private static final int TIMES = 3;

    private final Map<Setting, RunningApplication> running = new EnumMap<>(Setting.class);
    private @Nullable RunningApplication stock;

    abstract List<Class<?>> sources();

    /** Properties of both sides, as {@code name=value}. */
    List<String> properties() {
        return List.of();
    }

    /** All at once: servers of one JVM share their event loops, and the first to go stops them. */
    @AfterAll
    void close() {
        running.values().forEach(RunningApplication::close);
        if (stock != null) {
            stock.close();
        }
    }

    final RunningApplication stock() {
        if (stock == null) {
            stock = start(sources(), "fasterapi.enabled=false");
        }
        return stock;
    }

    final RunningApplication in(Setting setting) {
        return running.computeIfAbsent(
                setting, each -> start(each.sources(sources()), each.property()));
    }

    private RunningApplication start(List<Class<?>> sources, String added) {
        List<String> all = new ArrayList<>(properties());
        all.add(added);
        if (Comparison.isStockOnly()) {
            all.add("fasterapi.enabled=false");
        }
        return RunningApplication.start(sources, all.toArray(String[]::new));
    }

    /**
     * Sends a request to stock and three times to ours: the answers are equal, and ours came from
     * the lane that the report names, which is a fast one.
     *
     * @param mapping the method and the pattern, as in the report
     * @return what stock answered
     */
    final Answer assertLikeStock(Setting setting, String mapping, String request)
            throws IOException {
        Answer expected = stock().exchange(request);
        String[] wanted = new String[TIMES];
        String[] actual = new String[TIMES];
        Arrays.fill(wanted, expected.comparable());
        LaneWatch watch = LaneWatch.of(in(setting), mapping);
        for (int i = 0; i < TIMES; i++) {
            actual[i] = in(setting).exchange(request).comparable();
        }
        assertThat(actual).as("%s in %s", mapping, setting).isEqualTo(wanted);
        LaneWatch.assertServed(watch, TIMES, setting);
        return expected;
    }
}
