package io.fasterapi.autoconfigure;

import io.fasterapi.cores.WaitLimits;
import io.fasterapi.exchange.LoopWait;
import io.fasterapi.placement.ConcurrencyLimit;
import io.fasterapi.placement.LoadLimits;
import io.fasterapi.spring.webflux.dispatch.AdaptiveLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;
import org.springframework.http.server.PathContainer;
import org.springframework.util.ClassUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * What is refused, with 503, when there is more to do than can be done in time.
 *
 * @param enabled whether requests that have waited for too long, in the ring of an overloaded core
 *     or for an event loop that runs them itself, are refused
 * @param target how long a request may wait in a ring that has not been empty for the interval, or
 *     for its event loop. "Fail at Scale" has 5 ms there; with that, 63 % of the requests of 16
 *     connections that ask again at once for 5 ms of one CPU got 503, where they would have waited
 *     for 80 ms.
 * @param interval how long a request may wait in any other ring
 * @param maxInFlight the most requests that may be under way in the application
 * @param maxInFlightPerRoute the most requests of one route that may be under way
 * @param adaptive whether the limit of a route falls below that when its requests take longer than
 *     they used to; needs com.netflix.concurrency-limits:concurrency-limits-core
 * @param essential patterns of paths whose requests are never refused; those of the actuator never
 *     are
 */
public record AdmissionProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("100ms") Duration target,
        @DefaultValue("100ms") Duration interval,
        @DefaultValue("50000") int maxInFlight,
        @DefaultValue("10000") int maxInFlightPerRoute,
        @DefaultValue("false") boolean adaptive,
        @DefaultValue List<String> essential) {

    private static final String ESSENTIAL = "fasterapi.admission.essential";
    private static final String ACTUATOR = "management.endpoints.web.base-path";
    private static final String PROBES = "management.endpoint.health.probes.add-additional-paths";
    private static final String ADAPTIVE = "com.netflix.concurrency.limits.Limit";

    public AdmissionProperties {
        positive("target", target);
        positive("interval", interval);
        positive("max-in-flight", maxInFlight);
        positive("max-in-flight-per-route", maxInFlightPerRoute);
        essential = List.copyOf(essential);
        essential.forEach(each -> PropertyChecks.pattern(ESSENTIAL, each));
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw PropertyChecks.refused(
                    "fasterapi.admission." + name, value, "a duration of more than 0s");
        }
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw PropertyChecks.refused("fasterapi.admission." + name, value, "a number from 1");
        }
    }

    WaitLimits waits() {
        return enabled ? new WaitLimits(target, interval) : WaitLimits.none();
    }

    LoopWait loopWait() {
        return enabled ? LoopWait.atMost(target) : LoopWait.none();
    }

    LoadLimits limits(Environment environment) {
        if (adaptive && !ClassUtils.isPresent(ADAPTIVE, null)) {
            throw PropertyChecks.refused(
                    "fasterapi.admission.adaptive",
                    true,
                    "false, or add com.netflix.concurrency-limits:concurrency-limits-core to the"
                            + " class path");
        }
        return new LoadLimits(
                () ->
                        adaptive
                                ? new AdaptiveLimit(maxInFlightPerRoute)
                                : ConcurrencyLimit.fixed(maxInFlightPerRoute),
                essentials(environment));
    }

    /** Tells by its path template, whose variables stand for themselves, what is never refused. */
    Predicate<String> essentials(Environment environment) {
        List<String> all = new ArrayList<>(essential);
        String base = environment.getProperty(ACTUATOR, "/actuator");
        if (base.endsWith("/")) {
            base = base.substring(0, base.length() - 1);
        }
        all.add(base.isEmpty() ? "/health/**" : base + "/**"); // at "/" it shares the root
        if (environment.getProperty(PROBES, Boolean.class, false)) {
            all.add("/livez");
            all.add("/readyz");
        }
        List<PathPattern> patterns =
                all.stream().map(PathPatternParser.defaultInstance::parse).toList();
        return template -> {
            PathContainer path = PathContainer.parsePath(template.replace("%", "%25"));
            return patterns.stream().anyMatch(pattern -> pattern.matches(path));
        };
    }
}
