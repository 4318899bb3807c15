package io.fasterapi.placement;

import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How much may be under way.
 *
 * @param perRoute gives a limit for each route
 * @param essential tells by its path template which route's requests are never refused
 * @param tooMany tells by its path template which route's are refused with 429 instead of 503
 */
public record LoadLimits(
        Supplier<ConcurrencyLimit> perRoute,
        Predicate<String> essential,
        Predicate<String> tooMany) {

    /** Creates limits; what is refused gets 503. */
    public LoadLimits(Supplier<ConcurrencyLimit> perRoute, Predicate<String> essential) {
        this(perRoute, essential, template -> false);
    }

    /** Returns no limit. */
    public static LoadLimits none() {
        ConcurrencyLimit none = ConcurrencyLimit.fixed(Integer.MAX_VALUE);
        return new LoadLimits(() -> none, template -> false);
    }

    RouteLoad loadOf(String route, String template, BiConsumer<RouteLoad, Refused> firsts) {
        return new RouteLoad(
                route, essential.test(template), tooMany.test(template), perRoute.get(), firsts);
    }
}
