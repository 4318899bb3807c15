package io.fasterapi.autoconfigure;

import io.fasterapi.spring.webflux.invoke.LaneCounters;
import io.fasterapi.spring.webflux.route.Lane;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Publishes on which lane compiled controller methods are called. */
final class LaneMeters implements MeterBinder {

    private final LaneCounters counters;

    LaneMeters(LaneCounters counters) {
        this.counters = counters;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Lane lane : Lane.values()) {
            FunctionCounter.builder(
                            "fasterapi.controller.calls", counters, each -> each.calls(lane))
                    .tag("lane", lane.label())
                    .description("Requests by the lane that served them")
                    .register(registry);
        }
    }
}
