package io.fasterapi.autoconfigure;

import io.fasterapi.batch.Batchers;
import io.fasterapi.metrics.BatchMeters;
import io.fasterapi.metrics.ConnectionMeters;
import io.fasterapi.metrics.FasterApiMeter;
import io.fasterapi.metrics.PlacementMeters;
import io.fasterapi.metrics.PoolMeters;
import io.fasterapi.metrics.RingMeters;
import io.fasterapi.metrics.RouteTimers;
import io.fasterapi.metrics.WatchdogMeters;
import io.fasterapi.netty.Workers;
import io.fasterapi.pool.ObjectPools;
import io.fasterapi.route.RouteRecorder;
import io.fasterapi.spring.server.ServerParts;
import io.fasterapi.spring.webflux.invoke.LaneCounters;
import io.fasterapi.spring.webflux.route.Lane;
import io.fasterapi.watchdog.Watchdog;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.observation.ObservationRegistry;
import java.util.function.IntFunction;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;

/**
 * Binds the meters of FasterAPI as far as their subjects exist, and records fast routes in a timer.
 */
final class FasterApiMeters implements MeterBinder, ServerAssembly.RouteRecorders {

    private static final String TIMER_NAME = "management.observations.http.server.requests.name";

    private final BeanFactory beans;
    private final ObjectPools pools;
    private final Batchers batchers;
    private final ObjectProvider<ServerParts> server;

    FasterApiMeters(
            BeanFactory beans,
            ObjectPools pools,
            Batchers batchers,
            ObjectProvider<ServerParts> server) {
        this.beans = beans;
        this.pools = pools;
        this.batchers = batchers;
        this.server = server;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        new PoolMeters(pools).bindTo(registry);
        new BatchMeters(batchers).bindTo(registry);
        server.ifAvailable(parts -> bind(registry, parts));
    }

    private static void bind(MeterRegistry registry, ServerParts parts) {
        Workers workers = parts.workers();
        new RingMeters(workers.cores(), workers.admission().limiter()).bindTo(registry);
        new PlacementMeters(parts.placements(), workers.threads(), parts.frontDoor())
                .bindTo(registry);
        new ConnectionMeters(parts.connections()).bindTo(registry);
        bindLanes(registry, parts.controllers().counters());
        Watchdog watchdog = parts.threads().watchdog();
        if (watchdog != null) {
            new WatchdogMeters(watchdog).bindTo(registry);
        }
    }

    private static void bindLanes(MeterRegistry registry, LaneCounters counters) {
        for (Lane lane : Lane.values()) {
            FasterApiMeter.CONTROLLER_CALLS.counter(
                    registry, counters, each -> each.calls(lane), lane.label());
        }
    }

    @Override
    public IntFunction<RouteRecorder> resolve() {
        MeterRegistry registry = beans.getBeanProvider(MeterRegistry.class).getIfUnique();
        if (registry == null
                || beans.getBeanProvider(ObservationRegistry.class).getIfAvailable() == null) {
            return routes -> RouteRecorder.none();
        }
        String name =
                beans.getBean(Environment.class).getProperty(TIMER_NAME, "http.server.requests");
        return routes -> new RouteTimers(registry, name, routes);
    }
}
