package io.fasterapi.spring.controller;

import io.fasterapi.spring.webflux.route.Lane;
import java.util.concurrent.atomic.LongAdder;

/** Counts the calls of compiled controller methods by the lane on which they happened. */
public final class LaneCounters {

    private final LongAdder direct = new LongAdder();
    private final LongAdder filtered = new LongAdder();
    private final LongAdder webFlux = new LongAdder();

    void called(Lane lane) {
        adder(lane).increment();
    }

    /** Returns how many calls there were since the start. */
    public long calls(Lane lane) {
        return adder(lane).sum();
    }

    private LongAdder adder(Lane lane) {
        return switch (lane) {
            case DIRECT -> direct;
            case FILTERED -> filtered;
            case WEBFLUX -> webFlux;
        };
    }
}
