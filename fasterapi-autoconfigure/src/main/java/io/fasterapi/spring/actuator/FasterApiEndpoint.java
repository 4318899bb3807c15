package io.fasterapi.spring.actuator;

import io.fasterapi.spring.route.RouteReport;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** Lists every mapping of the application with its lane and the reason for it. Thread-safe. */
@Endpoint(id = "fasterapi")
public final class FasterApiEndpoint {

    private final List<Supplier<List<RouteReport>>> sources;

    /**
     * Creates the endpoint.
     *
     * @param sources list mappings, in the order in which they are shown
     */
    public FasterApiEndpoint(List<Supplier<List<RouteReport>>> sources) {
        this.sources = List.copyOf(sources);
    }

    /** Returns what was decided. */
    @ReadOperation
    public Report report() {
        return new Report(sources.stream().flatMap(source -> source.get().stream()).toList());
    }

    /**
     * What was decided.
     *
     * @param routes every mapping
     */
    public record Report(List<RouteReport> routes) {}
}
