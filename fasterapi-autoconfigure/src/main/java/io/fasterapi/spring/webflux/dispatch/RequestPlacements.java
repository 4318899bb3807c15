package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.placement.Placed;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.Placements;
import io.fasterapi.placement.RoutePlacement;
import io.fasterapi.route.Route;
import io.fasterapi.route.RouteMatch;
import io.fasterapi.route.RouteTree;
import io.fasterapi.route.ShardKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Finds the placement of a WebFlux request before WebFlux has mapped it. Event loops call it. Until
 * the mappings are read, every request has the default placement.
 */
public final class RequestPlacements {

    /*
     * Reading the mappings takes milliseconds, and the start need not wait for it, unless a method
     * has a placement of its own: then its first request must have it. If no method has one and
     * everything runs inline, the mappings are not read at all, unless refusals must be counted per
     * route.
     *
     * A request without a mapping (a static resource, a functional route) has the placement that is
     * configured for its path. Otherwise it runs on a core, or on threads once such calls wait.
     * Different requests share that placement, so their cost cannot tell whether one fits the event
     * loop.
     */
    private static final Log LOGGER = LogFactory.getLog(RequestPlacements.class);

    private static final String ANY = "/**";

    private final ApplicationContext context;
    private final Placements placements;
    private final Map<PathPattern, Place> patterns = new LinkedHashMap<>();
    private final String basePath;
    private final Function<HandlerMethod, @Nullable ShardKey> shardKeys;
    private final boolean asked;
    private final Place other;
    private volatile @Nullable RouteTree mappings;
    private volatile @Nullable Thread reading;

    /**
     * Where one request runs.
     *
     * @param placement the placement of its route
     * @param key the shard key, or null
     */
    record Place(RoutePlacement placement, @Nullable Object key) {}

    /**
     * Creates the finder.
     *
     * @param basePath the prefix of every path, or null
     * @param shardKeys returns the shard key of a method, or null
     * @param asked whether requests are counted wherever they run
     */
    public RequestPlacements(
            ApplicationContext context,
            Placements placements,
            ConfiguredPlacements configured,
            @Nullable String basePath,
            Function<HandlerMethod, @Nullable ShardKey> shardKeys,
            boolean asked) {
        this.shardKeys = shardKeys;
        this.asked = asked;
        this.context = context;
        this.placements = placements;
        this.basePath = basePath == null ? "" : basePath;
        configured.forEach(
                (pattern, said) -> patterns.put(pattern, place(said, pattern.getPatternString())));
        Placement fallback = placements.fallback();
        this.other = // the same object if the configuration names all paths
                fallback == Placement.AUTO
                        ? new Place(placements.unmapped("* " + ANY, ANY), null)
                        : place(fallback, ANY);
    }

    private Place place(Placement said, String pattern) {
        return new Place(placements.exactly("* " + pattern, pattern, said), null);
    }

    /** Returns the placement that a handler method or its class asks for, or null. */
    public static @Nullable Placement declared(HandlerMethod method) {
        Placed placed = method.getMethodAnnotation(Placed.class);
        if (placed == null) {
            placed = AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), Placed.class);
        }
        return placed == null ? null : placed.value();
    }

    /** Returns where a request runs. */
    Place of(ServerHttpRequest request) {
        RouteTree known = mappings;
        if (known != null) {
            RouteMatch match = known.cursor();
            Route route = known.match(request.getMethod().name(), request.getPath().value(), match);
            if (route != null && route.handler() instanceof MappedRoutes.Placed placed) {
                Place place = placed.ofAny();
                return place == null ? placed.of(request, route, match.variables()) : place;
            }
        }
        if (!patterns.isEmpty()) {
            PathContainer path = request.getPath().pathWithinApplication();
            for (Map.Entry<PathPattern, Place> each : patterns.entrySet()) {
                if (each.getKey().matches(path)) {
                    return each.getValue();
                }
            }
        }
        return other;
    }

    /** Returns whether all paths have a prefix that Spring removes. */
    boolean hasBasePath() {
        return !basePath.isEmpty();
    }

    /**
     * Returns the placement of requests to a path, as sent, if a mapping matches; null if more is
     * needed to find it.
     */
    public @Nullable RoutePlacement of(String method, String path) {
        MappedRoutes.Placed placed = mapped(method, path);
        return placed == null ? null : placed.placement();
    }

    /** Returns the mapping of requests to a path, as sent; null if more is needed to find it. */
    MappedRoutes.@Nullable Placed mapped(String method, String path) {
        RouteTree known = mappings;
        if (known == null) {
            return null;
        }
        Route route = known.match(method, path, known.cursor());
        return route != null && route.handler() instanceof MappedRoutes.Placed placed
                ? placed
                : null;
    }

    /** Reads the mappings if they are needed, on a thread of its own if they can wait. */
    public void read() {
        MappedRoutes mapped = new MappedRoutes(context, placements, shardKeys);
        if (mapped.isAnySaid()) {
            read(mapped);
        } else if (asked || placements.fallback() != Placement.INLINE || !patterns.isEmpty()) {
            Thread thread = new Thread(() -> readAside(mapped), "fasterapi-placements");
            thread.setDaemon(true);
            reading = thread;
            thread.start();
        }
    }

    /** Waits until the mappings are read, a moment after {@link #read}. */
    public void awaitRead() throws InterruptedException {
        Thread thread = reading;
        if (thread != null) {
            thread.join();
        }
    }

    private void readAside(MappedRoutes mapped) {
        try {
            read(mapped);
        } catch (RuntimeException | Error ex) {
            LOGGER.error(
                    "FasterAPI: the mappings could not be read; every request has the default placement",
                    ex);
        }
    }

    private void read(MappedRoutes mapped) {
        mappings = RouteTree.of(mapped.routes(basePath));
    }
}
