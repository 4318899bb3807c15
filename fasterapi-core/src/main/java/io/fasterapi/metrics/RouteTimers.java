package io.fasterapi.metrics;

import io.fasterapi.route.Route;
import io.fasterapi.route.RouteRecorder;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Records the requests of direct routes in the timer of WebFlux's requests. Its five keys are
 * exception, method, outcome, status and uri (the template); the sixth, error, is Micrometer's for
 * every observation. All event loops share it.
 */
public final class RouteTimers implements RouteRecorder {

    /*
     * A timer is looked up by its tags once. After that it is found in an array by route and
     * status, so no tags are built per request. Failures and HEAD requests are rare and always use
     * the registry's lookup.
     */
    private static final int FIRST_STATUS = 200;
    private static final int STATUSES = 400;

    private final MeterRegistry registry;
    private final String name;
    private final AtomicReferenceArray<@Nullable Timer>[] timers;
    private final Map<String, LongTaskTimer> active = new ConcurrentHashMap<>();

    /**
     * Creates the recorder.
     *
     * @param name the timer's name, usually {@code http.server.requests}
     * @param routes the number of routes; their indexes are below it
     */
    @SuppressWarnings({"unchecked", "rawtypes"})
    public RouteTimers(MeterRegistry registry, String name, int routes) {
        this.registry = registry;
        this.name = name;
        this.timers = new AtomicReferenceArray[routes];
        for (int i = 0; i < routes; i++) {
            timers[i] = new AtomicReferenceArray<>(STATUSES);
        }
    }

    @Override
    public void record(
            Route route, String method, int status, @Nullable Throwable failure, long nanos) {
        timer(route, method, status, failure).record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Uses the tags that an observation has at its begin, when nothing is known of its end. */
    @Override
    public Runnable active(Route route, String method) {
        LongTaskTimer.Sample sample = active.computeIfAbsent(method, this::activeTimer).start();
        return sample::stop;
    }

    private LongTaskTimer activeTimer(String method) {
        return LongTaskTimer.builder(name + ".active")
                .tags(
                        Tags.of(
                                "exception",
                                "none",
                                "method",
                                method,
                                "outcome",
                                "SUCCESS",
                                "status",
                                "200",
                                "uri",
                                "UNKNOWN"))
                .register(registry);
    }

    private Timer timer(Route route, String method, int status, @Nullable Throwable failure) {
        int slot = status - FIRST_STATUS;
        if (failure != null || slot < 0 || slot >= STATUSES || !method.equals(route.method())) {
            return lookUp(route, method, status, failure);
        }
        AtomicReferenceArray<@Nullable Timer> known = timers[route.index()];
        Timer timer = known.get(slot);
        if (timer == null) {
            timer = lookUp(route, method, status, null);
            known.set(slot, timer);
        }
        return timer;
    }

    private Timer lookUp(Route route, String method, int status, @Nullable Throwable failure) {
        String error = failure == null ? "none" : failure.getClass().getSimpleName();
        Tags tags =
                Tags.of(
                        "error",
                        error,
                        "exception",
                        failure == null ? "none" : failure.getClass().getSimpleName(),
                        "method",
                        method,
                        "outcome",
                        outcome(status),
                        "status",
                        status == STATUS_UNKNOWN ? "UNKNOWN" : Integer.toString(status),
                        "uri",
                        route.uri());
        return registry.timer(name, tags);
    }

    private static String outcome(int status) {
        return switch (status / 100) {
            case 1 -> "INFORMATIONAL";
            case 2 -> "SUCCESS";
            case 3 -> "REDIRECTION";
            case 4 -> "CLIENT_ERROR";
            case 5 -> "SERVER_ERROR";
            default -> "UNKNOWN";
        };
    }
}
