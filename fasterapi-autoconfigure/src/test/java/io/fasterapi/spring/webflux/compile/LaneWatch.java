package io.fasterapi.spring.webflux.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.equality.Comparison;
import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.spring.webflux.invoke.LaneCounters;
import io.fasterapi.spring.webflux.route.Lane;
import io.fasterapi.spring.webflux.route.RouteReport;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Knows how many requests the lane of one mapping had served when it was made. For a test that asks
 * nothing else meanwhile.
 */
final class LaneWatch {

    /** What a route may need to see of WebFlux before a fast lane knows its answer. */
    private static final int LEARNING = 1;

    private final RouteReport route;
    private final Lane lane;
    private final LaneCounters counters;
    private final long direct;
    private final long filtered;

    private LaneWatch(RouteReport route, LaneCounters counters) {
        this.route = route;
        this.lane = Lane.valueOf(route.lane().toUpperCase(Locale.ROOT));
        this.counters = counters;
        this.direct = counters.calls(Lane.DIRECT);
        this.filtered = counters.calls(Lane.FILTERED);
    }

    /** Returns a watch, or null where there is nothing to watch since all is stock. */
    static @Nullable LaneWatch of(RunningApplication application, String mapping) {
        if (Comparison.isStockOnly()) {
            return null;
        }
        ControllerRoutes routes = application.bean(ControllerRoutes.class);
        RouteReport route =
                routes.report().stream()
                        .filter(each -> mapping.equals(each.method() + " " + each.pattern()))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("not in the report: " + mapping));
        return new LaneWatch(route, routes.counters());
    }

    /** Fails unless a fast lane served requests, all but those from which it learnt. */
    static void assertServed(@Nullable LaneWatch watch, int requests, Setting setting) {
        if (watch != null) {
            watch.assertServed(requests - LEARNING, requests, setting.isFiltered());
        }
    }

    /** Fails unless a fast lane served exactly so many requests: the mapping had been asked. */
    static void assertAllServed(@Nullable LaneWatch watch, int requests, Setting setting) {
        if (watch != null) {
            watch.assertServed(requests, requests, setting.isFiltered());
        }
    }

    private void assertServed(long least, long most, boolean filtered) {
        Lane[] fast =
                filtered ? new Lane[] {Lane.FILTERED} : new Lane[] {Lane.DIRECT, Lane.FILTERED};
        assertThat(lane).as("lane of %s", route).isIn((Object[]) fast);
        long served = counters.calls(Lane.FILTERED) - this.filtered;
        if (!filtered) {
            served += counters.calls(Lane.DIRECT) - direct; // an unusual request takes the other
        }
        assertThat(served).as("calls of %s", route).isBetween(least, most);
    }
}
