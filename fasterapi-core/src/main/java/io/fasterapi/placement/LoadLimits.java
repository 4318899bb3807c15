package io.fasterapi.placement;

import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The limits on requests under way. Immutable.
 *
 * @param perRoute creates the limit of each route
 * @param essential tells by path template whether a route is essential, which means that its
 *     requests are never refused
 * @param tooMany tells by path template whether a route's refusals get 429 instead of 503
 */
public record LoadLimits(
        Supplier<ConcurrencyLimit> perRoute,
        Predicate<String> essential,
        Predicate<String> tooMany) {

    /** Creates limits whose refusals get 503. */
    public LoadLimits(Supplier<ConcurrencyLimit> perRoute, Predicate<String> essential) {
        this(perRoute, essential, template -> false);
    }

    /** Returns limits that refuse nothing. */
    public static LoadLimits none() {
        ConcurrencyLimit none = ConcurrencyLimit.fixed(Integer.MAX_VALUE);
        return new LoadLimits(() -> none, template -> false);
    }

    RouteLoad loadOf(String route, String template, BiConsumer<RouteLoad, Refused> firsts) {
        return new RouteLoad(
                route, essential.test(template), tooMany.test(template), perRoute.get(), firsts);
    }
}
