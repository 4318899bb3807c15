package io.fasterapi.spring.webflux.compile;

import io.fasterapi.placement.Placement;
import io.fasterapi.route.PathShape;
import io.fasterapi.route.Route;
import io.fasterapi.route.ShapeIndex;
import io.fasterapi.spring.webflux.route.Lane;
import io.fasterapi.spring.webflux.route.LaneRestriction;
import io.fasterapi.spring.webflux.route.LaneRestriction.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides which compiled methods may answer without asking WebFlux: those for which WebFlux cannot
 * choose another mapping. At start-up only.
 */
final class MappingConflicts {

    private final List<CompiledMapping> mappings;
    private final ShapeIndex<RouteListing.Entry> ahead = new ShapeIndex<>();
    private final ShapeIndex<Integer> places = new ShapeIndex<>();

    /**
     * Creates the decision.
     *
     * @param mappings all controller mappings
     * @param ahead the routes of other handler mappings that WebFlux asks first
     */
    MappingConflicts(List<CompiledMapping> mappings, List<RouteListing.Entry> ahead) {
        this.mappings = mappings;
        ahead.forEach(each -> this.ahead.add(each.shape(), each));
        for (int i = 0; i < mappings.size(); i++) {
            places.add(mappings.get(i).shape(), i);
        }
    }

    /** Returns the mappings. Those that may lose to another one have no compiled form any more. */
    List<CompiledMapping> settle() {
        List<CompiledMapping> settled = new ArrayList<>(mappings.size());
        for (CompiledMapping mapping : mappings) {
            String rival = mapping.compiled() == null ? null : rivalOf(mapping);
            settled.add(
                    rival == null
                            ? mapping
                            : mapping.leaving(
                                    LaneRestriction.of(Reason.CONFLICT, Lane.FILTERED, rival)));
        }
        return settled;
    }

    private @Nullable String rivalOf(CompiledMapping mapping) {
        List<RouteListing.Entry> first = ahead.overlapping(mapping.shape());
        if (!first.isEmpty()) {
            RouteListing.Entry rival = first.get(0);
            return "'%s %s' (%s), which comes first,"
                    .formatted(rival.method(), rival.pattern(), rival.handler());
        }
        List<Integer> overlapping = places.overlapping(mapping.shape());
        overlapping.sort(null);
        for (int place : overlapping) {
            CompiledMapping other = mappings.get(place);
            if (other != mapping && other.sharesMethodWith(mapping) && mayLoseTo(mapping, other)) {
                return "'" + other.pattern() + "'";
            }
        }
        return null;
    }

    private static boolean mayLoseTo(CompiledMapping mapping, CompiledMapping rival) {
        PathShape mine = mapping.shape();
        PathShape other = rival.shape();
        if (mine.isSameAs(other)) {
            return rival.compiled() == null || mapping.byAccept() || rival.byAccept();
        }
        if (mine.isMoreSpecificThan(other)) {
            return false;
        }
        return !(other.isMoreSpecificThan(mine) && other.isSimple());
    }

    /**
     * Returns routes that accept no request. They prevent a less specific compiled route from
     * taking requests that belong to WebFlux.
     */
    static List<Route> sentinels(List<CompiledMapping> settled) {
        ShapeIndex<CompiledMapping> left = new ShapeIndex<>();
        for (CompiledMapping other : settled) {
            if (other.compiled() == null && other.shape().isSimple()) {
                left.add(other.shape(), other);
            }
        }
        Map<String, Route> routes = new LinkedHashMap<>();
        for (CompiledMapping compiled : settled) {
            if (compiled.compiled() == null) {
                continue;
            }
            for (CompiledMapping other : left.overlapping(compiled.shape())) {
                if (other.shape().isMoreSpecificThan(compiled.shape())) {
                    compiled.methods().stream()
                            .filter(other::answers)
                            .forEach(method -> add(routes, method, other));
                }
            }
        }
        return List.copyOf(routes.values());
    }

    private static void add(Map<String, Route> routes, String method, CompiledMapping mapping) {
        Route sentinel =
                Route.of(method, mapping.pattern(), (Placement) null, (req, res) -> {})
                        .when((sent, match, headers) -> false);
        routes.putIfAbsent(sentinel.signature(), sentinel);
    }
}
