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
 * Finds where a request of WebFlux runs, on its event loop, before WebFlux has mapped it. Until the
 * mappings are known every request runs as the default says.
 */
public final class RequestPlacements {

    /*
     * Reading the mappings takes milliseconds that a start-up need not wait for, unless a method
     * says where it runs: then its first request must run there. If nobody says anything and
     * everything runs inline, as without FasterAPI, they need not be read, unless a refusal has to
     * be counted at its route.
     *
     * A request that matches no mapping (a static resource, a functional route) runs as the
     * configuration says of its path, else on a core, or on threads once such calls wait: different
     * requests share that placement, so the event loop cannot be chosen by what they cost.
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
     * @param placement its route's placement
     * @param key the key whose core must run it, or null if it has none
     */
    record Place(RoutePlacement placement, @Nullable Object key) {}

    /**
     * Creates the finder.
     *
     * @param basePath before the path of every request, or null
     * @param shardKeys returns the key by which requests of a method are sharded, or null
     * @param asked whether something is counted of requests, wherever they run
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
        this.other = // of the configuration's own, if that says something for all paths
                fallback == Placement.AUTO
                        ? new Place(placements.unmapped("* " + ANY, ANY), null)
                        : place(fallback, ANY);
    }

    private Place place(Placement said, String pattern) {
        return new Place(placements.exactly("* " + pattern, pattern, said), null);
    }

    /** Returns what a handler method says, by itself or by its class; null if nothing. */
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

    /** Returns whether all paths have something before them that Spring takes off. */
    boolean hasBasePath() {
        return !basePath.isEmpty();
    }

    /**
     * Returns where requests run that match a mapping, by their path as it was sent; null if that
     * takes more to find out.
     */
    public @Nullable RoutePlacement of(String method, String path) {
        RouteTree known = mappings;
        if (known == null) {
            return null;
        }
        Route route = known.match(method, path, known.cursor());
        return route != null && route.handler() instanceof MappedRoutes.Placed placed
                ? placed.placement()
                : null;
    }

    /**
     * Reads the mappings, unless nobody has to know them; on a thread of its own if it can wait.
     */
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

    /** Waits until the mappings are read, which takes a moment after {@link #read}. */
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
