package io.fasterapi.metrics;

import io.fasterapi.server.Connections;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Publishes the counters of connections if a limit on connections is set. Meters are read only when
 * they are scraped.
 */
public final class ConnectionMeters implements MeterBinder {

    private static final String PREFIX = "fasterapi.connections.";

    private final Connections connections;

    public ConnectionMeters(Connections connections) {
        this.connections = connections;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        if (!connections.isLimited()) {
            return; // without a limit nothing is counted
        }
        Gauge.builder(PREFIX + "open", connections, Connections::open)
                .description("Open connections")
                .register(registry);
        Gauge.builder(PREFIX + "unwritten", connections, Connections::unwrittenBytes)
                .baseUnit(BaseUnits.BYTES)
                .description("What waits to be written to them")
                .register(registry);
        FunctionCounter.builder(PREFIX + "refused", connections, Connections::refusedConnections)
                .description("Connections closed at once because of a limit")
                .register(registry);
        FunctionCounter.builder(
                        PREFIX + "requests.refused", connections, Connections::refusedRequests)
                .description("Requests refused because too many bytes waited")
                .register(registry);
        FunctionCounter.builder(PREFIX + "not.kept", connections, Connections::notKept)
                .description("Requests after which a connection was closed near a limit")
                .register(registry);
    }
}
