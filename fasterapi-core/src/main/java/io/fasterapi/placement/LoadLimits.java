package io.fasterapi.placement;

import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * How much may be under way.
 *
 * @param perRoute the most requests of one route, at least 1
 * @param essential tells by its path template which route's requests are never refused
 */
public record LoadLimits(int perRoute, Predicate<String> essential) {

    public LoadLimits {
        if (perRoute < 1) {
            throw new IllegalArgumentException("perRoute: " + perRoute + " (expected: >= 1)");
        }
    }

    /** Returns no limit. */
    public static LoadLimits none() {
        return new LoadLimits(Integer.MAX_VALUE, template -> false);
    }

    RouteLoad loadOf(String route, String template, BiConsumer<RouteLoad, Refused> firsts) {
        return new RouteLoad(route, essential.test(template), perRoute, firsts);
    }
}
