package io.fasterapi.metrics;

import io.fasterapi.netty.Connections;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Registers the meters of the limits on connections, if there are any: {@code
 * fasterapi.connections.*}.
 */
public final class ConnectionMeters implements MeterBinder {

    private final Connections connections;

    public ConnectionMeters(Connections connections) {
        this.connections = connections;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        if (!connections.isLimited()) {
            return; // nothing is counted
        }
        FasterApiMeter.CONNECTIONS_OPEN.gauge(registry, connections, Connections::open);
        FasterApiMeter.CONNECTIONS_UNWRITTEN.gauge(
                registry, connections, Connections::unwrittenBytes);
        FasterApiMeter.CONNECTIONS_REFUSED.counter(
                registry, connections, Connections::refusedConnections);
        FasterApiMeter.CONNECTIONS_REQUESTS_REFUSED.counter(
                registry, connections, Connections::refusedRequests);
        FasterApiMeter.CONNECTIONS_NOT_KEPT.counter(registry, connections, Connections::notKept);
    }
}
