package io.fasterapi.spring.controller;

import io.fasterapi.placement.Placement;
import io.fasterapi.route.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settles which compiled methods may answer without asking WebFlux: only where no other mapping
 * could be the one that WebFlux picks. At start-up only.
 */
final class Contest {

    private final List<Mapped> mappings;
    private final List<PathShape> ahead;

    /**
     * Creates the contest.
     *
     * @param mappings all controller mappings
     * @param ahead what other handler mappings, asked before the controllers', match
     */
    Contest(List<Mapped> mappings, List<PathShape> ahead) {
        this.mappings = mappings;
        this.ahead = ahead;
    }

    /** Returns the mappings again, without the compiled form where another may win. */
    List<Mapped> settle() {
        List<Mapped> settled = new ArrayList<>(mappings.size());
        for (Mapped mapping : mappings) {
            String rival = mapping.compiled() == null ? null : rivalOf(mapping);
            settled.add(rival == null ? mapping : mapping.leaving(rival));
        }
        return settled;
    }

    private @Nullable String rivalOf(Mapped mapping) {
        for (PathShape shape : ahead) {
            if (shape.overlaps(mapping.shape())) {
                return "a functional or other mapping that comes first may match";
            }
        }
        for (Mapped other : mappings) {
            if (other != mapping
                    && other.sharesMethodWith(mapping)
                    && other.shape().overlaps(mapping.shape())
                    && mayLoseTo(mapping.shape(), other.shape(), other.compiled() != null)) {
                return "'" + other.pattern() + "' may match the same requests";
            }
        }
        return null;
    }

    private static boolean mayLoseTo(PathShape mine, PathShape other, boolean compiled) {
        if (mine.isSameAs(other)) {
            return !compiled;
        }
        if (mine.isMoreSpecificThan(other)) {
            return false;
        }
        return !(other.isMoreSpecificThan(mine) && other.isSimple());
    }

    /**
     * Returns routes that take no request and only keep what belongs to WebFlux from being matched
     * by a less specific compiled one.
     */
    static List<Route> sentinels(List<Mapped> settled) {
        Map<String, Route> routes = new LinkedHashMap<>();
        for (Mapped compiled : settled) {
            if (compiled.compiled() == null) {
                continue;
            }
            for (Mapped other : settled) {
                if (other.compiled() == null
                        && other.shape().isSimple()
                        && other.shape().overlaps(compiled.shape())
                        && other.shape().isMoreSpecificThan(compiled.shape())) {
                    compiled.methods().stream()
                            .filter(other::answers)
                            .forEach(method -> add(routes, method, other));
                }
            }
        }
        return List.copyOf(routes.values());
    }

    private static void add(Map<String, Route> routes, String method, Mapped mapping) {
        StringBuilder key = new StringBuilder(method);
        for (PathShape.Segment segment : mapping.shape().segments()) {
            boolean literal = segment.kind() == PathShape.Kind.LITERAL;
            key.append('/').append(literal ? segment.text() : "{}");
        }
        routes.computeIfAbsent(
                key.toString(),
                unused ->
                        Route.of(method, mapping.pattern(), (Placement) null, (req, res) -> {})
                                .when(DirectCondition.never()));
    }
}
