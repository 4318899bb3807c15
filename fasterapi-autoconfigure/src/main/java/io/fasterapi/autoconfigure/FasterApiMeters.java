package io.fasterapi.autoconfigure;

import io.fasterapi.batch.Batchers;
import io.fasterapi.metrics.BatchMeters;
import io.fasterapi.metrics.ConnectionMeters;
import io.fasterapi.metrics.PlacementMeters;
import io.fasterapi.metrics.PoolMeters;
import io.fasterapi.metrics.RingMeters;
import io.fasterapi.metrics.RouteTimers;
import io.fasterapi.metrics.WatchdogMeters;
import io.fasterapi.pool.ObjectPools;
import io.fasterapi.route.RouteRecorder;
import io.fasterapi.server.Workers;
import io.fasterapi.spring.server.ServerParts;
import io.fasterapi.spring.webflux.invoke.LaneCounters;
import io.fasterapi.spring.webflux.route.Lane;
import io.fasterapi.watch.Watchdog;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.observation.ObservationRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

/** Every meter of ours, as far as what it counts is there, and the timer of direct routes. */
final class FasterApiMeters implements MeterBinder, ServerAssembly.RouteRecorders {

    private static final String TIMER_NAME = "management.observations.http.server.requests.name";

    private final BeanFactory beans;
    private final SingletonSupplier<List<MeterBinder>> all;

    FasterApiMeters(
            BeanFactory beans,
            ObjectPools pools,
            Batchers batchers,
            ObjectProvider<ServerParts> server) {
        this.beans = beans;
        this.all =
                SingletonSupplier.of(
                        () -> {
                            List<MeterBinder> found = new ArrayList<>();
                            found.add(new PoolMeters(pools));
                            found.add(new BatchMeters(batchers));
                            server.ifAvailable(parts -> addTo(found, parts));
                            return found;
                        });
    }

    private static void addTo(List<MeterBinder> found, ServerParts parts) {
        Workers workers = parts.workers();
        found.add(new RingMeters(workers.cores(), workers.admission().inFlight()));
        found.add(new PlacementMeters(parts.placements(), workers.threads(), parts.frontDoor()));
        found.add(new ConnectionMeters(parts.connections()));
        found.add(registry -> bindLanes(registry, parts.controllers().counters()));
        Watchdog watchdog = parts.threads().watchdog();
        if (watchdog != null) {
            found.add(new WatchdogMeters(watchdog));
        }
    }

    private static void bindLanes(MeterRegistry registry, LaneCounters counters) {
        for (Lane lane : Lane.values()) {
            FunctionCounter.builder(
                            "fasterapi.controller.calls", counters, each -> each.calls(lane))
                    .tag("lane", lane.label())
                    .description("Requests by the lane that served them")
                    .register(registry);
        }
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        all.obtain().forEach(each -> each.bindTo(registry));
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
