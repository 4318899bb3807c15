package io.fasterapi.route;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tree's contract, written once more as a search through all routes, segment lists and all.
 * Used by one test thread.
 */
final class ReferenceMatcher {

    /** A route and its values. */
    record Found(Route route, List<String> values) {}

    /** A segment, decoded; {@code empty} if there is nothing between its slashes. */
    private record Segment(String value, boolean empty) {}

    private final List<Route> routes;

    ReferenceMatcher(List<Route> routes) {
        this.routes = routes;
    }

    @Nullable Found match(String method, String path) {
        List<Segment> segments = new ArrayList<>();
        for (String raw : path.substring(1).split("/", -1)) {
            String value = raw.indexOf(';') < 0 ? raw : raw.substring(0, raw.indexOf(';'));
            try {
                String decoded =
                        URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
                segments.add(new Segment(decoded, raw.isEmpty()));
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
        return routes.stream()
                .filter(r -> r.method().equals(method) || head(method, r))
                .map(r -> match(r, segments))
                .filter(f -> f != null)
                .min(
                        Comparator.comparing(Found::route, ReferenceMatcher::compare)
                                .thenComparing(f -> !f.route().method().equals("HEAD"))
                                .thenComparing(f -> shape(f.route())))
                .orElse(null);
    }

    private static boolean head(String method, Route route) {
        return method.equals("HEAD") && route.method().equals("GET");
    }

    private static @Nullable Found match(Route route, List<Segment> segments) {
        String[] parts = route.template().substring(1).split("/", -1);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i];
            if (part.equals("**") || part.startsWith("{*")) {
                if (part.startsWith("{")) {
                    StringBuilder rest = new StringBuilder();
                    for (Segment segment : segments.subList(i, segments.size())) {
                        rest.append('/').append(segment.value());
                    }
                    values.add(rest.toString());
                }
                return new Found(route, values);
            }
            if (i == segments.size()) {
                return null;
            }
            Segment segment = segments.get(i);
            if (part.startsWith("{")) {
                if (segment.value().isEmpty()) {
                    return null;
                }
                values.add(segment.value());
            } else if (!part.equals(segment.value()) || part.isEmpty() != segment.empty()) {
                return null;
            }
        }
        return parts.length == segments.size() ? new Found(route, values) : null;
    }

    /** PathPattern.SPECIFICITY_COMPARATOR, in terms of the template's text. */
    private static int compare(Route a, Route b) {
        if (isWild(a) != isWild(b)) {
            return isWild(a) ? 1 : -1;
        }
        if (isWild(a) && weight(a) != weight(b)) {
            return weight(b) - weight(a);
        }
        int score = score(a) - score(b);
        return score != 0 ? score : weight(b) - weight(a);
    }

    private static boolean isWild(Route route) {
        return route.template().contains("*");
    }

    private static long variables(Route route) {
        return route.template().chars().filter(c -> c == '{').count();
    }

    private static int score(Route route) {
        return (int) variables(route) - (route.template().contains("{*") ? 1 : 0);
    }

    private static int weight(Route route) {
        return route.template()
                .replaceAll("/\\{\\*[^}]*}|/\\*\\*", "*")
                .replaceAll("\\{[^}]*}", "v")
                .length();
    }

    /** Sorts literals before variables before wildcards in the first segment that differs. */
    private static String shape(Route route) {
        return route.template()
                .replaceAll("/\\{\\*[^}]*}|/\\*\\*", "\uFFFF")
                .replaceAll("\\{[^}]*}", "\uFFFE");
    }
}
