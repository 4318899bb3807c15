package io.fasterapi.autoconfigure;

import io.fasterapi.cores.CoreOptions;
import io.fasterapi.cores.Pauses;
import io.fasterapi.cores.WaitLimits;
import io.fasterapi.cores.WaitMode;
import io.fasterapi.exchange.Deadlines;
import io.fasterapi.exchange.LoopWait;
import io.fasterapi.placement.ConcurrencyLimit;
import io.fasterapi.placement.LoadLimits;
import io.fasterapi.placement.Placement;
import io.fasterapi.pool.PoolCapacity;
import io.fasterapi.server.ConnectionLimits;
import io.fasterapi.spring.webflux.compile.ControllerOptions;
import io.fasterapi.spring.webflux.dispatch.AdaptiveLimit;
import io.fasterapi.spring.webflux.dispatch.ConfiguredPlacements;
import io.fasterapi.watch.WatchdogOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.core.env.Environment;
import org.springframework.http.server.PathContainer;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * What can be tuned in {@code application.yml}. Unknown names and values out of range stop the
 * start-up with a sentence that says what to change.
 *
 * @param enabled whether FasterAPI takes part at all; false leaves the server exactly as Spring
 *     Boot makes it
 * @param requestTimeout after which time a request whose answer has not begun gets 503 and whatever
 *     handles it is cancelled; never unless set
 * @param deadlineHeader name of the header in which callers say how many milliseconds they will
 *     wait for the answer; the shorter time counts; none unless set
 * @param placement where handlers run
 * @param admission what is refused when there is too much
 * @param limits how much the server takes on
 * @param cores the handler cores
 * @param io the event loops
 * @param routes direct routes
 * @param fastLane controllers that are called without the WebFlux machinery
 * @param pools how many idle objects each object pool keeps, by the pool's name: per-thread (4) for
 *     each event loop and handler core, shared (64) for all threads
 * @param watchdog event loops and handler cores that are held up
 */
@ConfigurationProperties(prefix = "fasterapi", ignoreUnknownFields = false)
public record FasterApiProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable Duration requestTimeout,
        @Nullable String deadlineHeader,
        @DefaultValue PlacementProperties placement,
        @DefaultValue Admission admission,
        @DefaultValue Limits limits,
        @DefaultValue Cores cores,
        @DefaultValue Io io,
        @DefaultValue Routes routes,
        @DefaultValue FastLane fastLane,
        @DefaultValue Map<String, Pool> pools,
        @DefaultValue WatchdogProperties watchdog) {

    public FasterApiProperties {
        PropertyChecks.deadline(requestTimeout, deadlineHeader);
        PropertyChecks.spinning(cores, io);
        PropertyChecks.pools(pools);
    }

    Deadlines deadlines() {
        return new Deadlines(requestTimeout, deadlineHeader);
    }

    /** Returns what a pool keeps; the defaults if nothing is said of it. */
    PoolCapacity capacityOf(String name) {
        Pool pool = pools.get(name);
        return pool == null
                ? PoolCapacity.defaults()
                : new PoolCapacity(pool.perThread(), pool.shared());
    }

    /**
     * Where handlers run.
     *
     * @param fallback placement of whatever names none itself: core (a handler core, reached by a
     *     ring), inline (the event loop), virtual (a thread of its own, which may block) or auto
     *     (begins on a core and goes where its calls cost least). Measured on one shared CPU, a hop
     *     to a core costs 1 to 5 microseconds; inline, a slow handler stalls every connection of
     *     its event loop.
     * @param routes placement of routes by their pattern, for example "[/reports/**]": virtual; the
     *     more specific pattern wins, and all win over what a route says itself
     * @param threads the most threads that virtual has on a JDK without virtual threads (17 to 20);
     *     200 as Tomcat's: 2,000 calls per second that wait for 100 ms each. The actuator has
     *     threads of its own, 20 at most.
     */
    public record PlacementProperties(
            @Name("default") @DefaultValue("auto") Placement fallback,
            @DefaultValue Map<String, Placement> routes,
            @DefaultValue("200") int threads) {

        public PlacementProperties {
            PropertyChecks.range("fasterapi.placement.threads", threads, 1, 10_000);
            routes.keySet()
                    .forEach(each -> PropertyChecks.pattern("fasterapi.placement.routes", each));
        }

        ConfiguredPlacements configured() {
            return new ConfiguredPlacements(routes);
        }
    }

    /**
     * What is refused, with 503 and when to come back, when there is more to do than can be done in
     * time.
     *
     * @param enabled whether requests are refused that an overloaded core or batcher, or an event
     *     loop that runs them itself, cannot serve in time
     * @param patience how long clients wait for an answer: under lasting overload the newest
     *     requests go first, and what has waited for longer is refused. What stock would have
     *     answered within about a second is answered: with 100 ms, 64 connections that asked again
     *     at once got more refusals than answers. Time for which a core or loop had no CPU does not
     *     count.
     * @param maxInFlight the most requests that may be under way in the application
     * @param maxInFlightPerRoute the most requests of one route that may be under way
     * @param adaptive whether the limit of a route falls below that when its requests take longer
     *     than they used to; needs com.netflix.concurrency-limits:concurrency-limits-core
     * @param essential patterns of paths whose requests are never refused; those of the actuator
     *     never are
     * @param unreadyAfter how long requests may be refused before the health of fasterapi is
     *     OUT_OF_SERVICE, for a readiness group; never unless set
     * @param tooManyRequests patterns of paths whose requests are refused with 429 instead of 503
     */
    public record Admission(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("1s") Duration patience,
            @DefaultValue("50000") int maxInFlight,
            @DefaultValue("10000") int maxInFlightPerRoute,
            @DefaultValue("false") boolean adaptive,
            @DefaultValue List<String> essential,
            @Nullable Duration unreadyAfter,
            @DefaultValue List<String> tooManyRequests) {

        static final String TOO_MANY_REQUESTS = "fasterapi.admission.too-many-requests";
        private static final String ESSENTIAL = "fasterapi.admission.essential";
        private static final String ACTUATOR = "management.endpoints.web.base-path";
        private static final String PROBES =
                "management.endpoint.health.probes.add-additional-paths";
        private static final String ADAPTIVE = "com.netflix.concurrency.limits.Limit";

        public Admission {
            positive("patience", patience);
            if (unreadyAfter != null) {
                positive("unready-after", unreadyAfter);
            }
            PropertyChecks.positive("fasterapi.admission.max-in-flight", maxInFlight);
            PropertyChecks.positive(
                    "fasterapi.admission.max-in-flight-per-route", maxInFlightPerRoute);
            essential = List.copyOf(essential);
            essential.forEach(each -> PropertyChecks.pattern(ESSENTIAL, each));
            tooManyRequests = List.copyOf(tooManyRequests);
            tooManyRequests.forEach(each -> PropertyChecks.pattern(TOO_MANY_REQUESTS, each));
        }

        private static void positive(String name, Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw PropertyChecks.refused(
                        "fasterapi.admission." + name, value, "a duration of more than 0s");
            }
        }

        WaitLimits waits() {
            return enabled ? new WaitLimits(patience) : WaitLimits.none();
        }

        LoopWait loopWait(Pauses pauses) {
            return enabled ? LoopWait.atMost(patience, pauses::totalNanos) : LoopWait.none();
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
                    essentials(environment),
                    matching(tooManyRequests));
        }

        /**
         * Tells by its path template, whose variables stand for themselves, what is never refused.
         */
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
            return matching(all);
        }

        /** Tells whether any of these patterns matches a path template. */
        static Predicate<String> matching(List<String> patterns) {
            List<PathPattern> parsed =
                    patterns.stream().map(PathPatternParser.defaultInstance::parse).toList();
            return template -> {
                PathContainer path = PathContainer.parsePath(template.replace("%", "%25"));
                return parsed.stream().anyMatch(pattern -> pattern.matches(path));
            };
        }
    }

    /**
     * How much the server takes on. Near a limit connections end with their next answer, at it new
     * ones are closed.
     *
     * @param connections the most open connections; no limit unless set
     * @param unwritten the most that may wait, in direct memory, to be written to clients that do
     *     not read; at the limit requests are refused, too; no limit unless set
     */
    public record Limits(@Nullable Integer connections, @Nullable DataSize unwritten) {

        public Limits {
            PropertyChecks.positive("fasterapi.limits.connections", connections);
            if (unwritten != null && unwritten.toBytes() < 1) {
                throw PropertyChecks.refused(
                        "fasterapi.limits.unwritten", unwritten, "a size from 1B");
            }
        }

        ConnectionLimits limits() {
            ConnectionLimits none = ConnectionLimits.none();
            return new ConnectionLimits(
                    connections == null ? none.connections() : connections,
                    unwritten == null ? none.unwrittenBytes() : unwritten.toBytes());
        }
    }

    /**
     * The handler cores.
     *
     * @param count number of cores, each one thread with its own ring; one per CPU of the quota
     *     unless set
     * @param ringSize slots of each ring, a power of two; a full ring refuses with 503
     * @param waitMode how a core waits when its ring is empty: park, phased, sleep, yield or spin;
     *     the last two occupy a CPU each and need cores.count and io.threads set to fit the CPUs
     * @param pinned whether each core's thread is bound to a CPU; needs net.openhft:affinity
     * @param stopTimeout how long the cores may take at shutdown to finish what they accepted
     */
    public record Cores(
            @Nullable Integer count,
            @DefaultValue("4096") int ringSize,
            @DefaultValue("park") WaitMode waitMode,
            @DefaultValue("false") boolean pinned,
            @DefaultValue("10s") Duration stopTimeout) {

        private static final String AFFINITY = "net.openhft.affinity.Affinity";

        public Cores {
            PropertyChecks.range("fasterapi.cores.count", count, 1, 1024);
            if (ringSize < 2 || ringSize > 1 << 20 || Integer.bitCount(ringSize) != 1) {
                throw PropertyChecks.refused(
                        "fasterapi.cores.ring-size", ringSize, "a power of two from 2 to 1048576");
            }
            if (stopTimeout.isNegative()) {
                throw PropertyChecks.refused(
                        "fasterapi.cores.stop-timeout", stopTimeout, "a duration of 0s or more");
            }
        }

        CoreOptions options(WaitLimits waits) {
            if (pinned && !ClassUtils.isPresent(AFFINITY, null)) {
                throw PropertyChecks.refused(
                        "fasterapi.cores.pinned",
                        true,
                        "false, or add net.openhft:affinity to the class path");
            }
            int cores = count == null ? Runtime.getRuntime().availableProcessors() : count;
            return new CoreOptions(cores, ringSize, waitMode, pinned, "fasterapi-core-", waits);
        }
    }

    /**
     * The event loops.
     *
     * @param threads number of event loops; one per CPU of the quota unless set
     */
    public record Io(@Nullable Integer threads) {

        public Io {
            PropertyChecks.range("fasterapi.io.threads", threads, 1, 1024);
        }

        int count() {
            return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        }
    }

    /**
     * Direct routes.
     *
     * @param maxBodySize the longest request body that a direct route reads; more is refused with
     *     413
     */
    public record Routes(@DefaultValue("256KB") DataSize maxBodySize) {

        public Routes {
            if (maxBodySize.isNegative() || maxBodySize.toBytes() > Integer.MAX_VALUE - 8) {
                throw PropertyChecks.refused(
                        "fasterapi.routes.max-body-size", maxBodySize, "a size from 0B to 2047MB");
            }
        }

        int maxBodyBytes() {
            return (int) maxBodySize.toBytes();
        }
    }

    /**
     * Controllers that are called without the WebFlux machinery.
     *
     * @param controllers which methods: auto (every one that provably answers the same), annotated
     *     (those with @FastPath) or off. Measured with the quickstart: a fifth to two fifths of the
     *     CPU per request.
     */
    public record FastLane(@DefaultValue("auto") ControllerOptions.Choice controllers) {}

    /**
     * One object pool.
     *
     * @param perThread idle objects that each event loop and each handler core keeps for itself
     * @param shared idle objects that all threads share
     */
    public record Pool(@DefaultValue("4") int perThread, @DefaultValue("64") int shared) {}

    /**
     * Event loops and handler cores that are held up.
     *
     * @param enabled whether a thread of its own looks for them
     * @param loopStall how long one call may hold an event loop before it is reported with its
     *     stack
     * @param coreStall how long one call may hold a handler core before it is reported with its
     *     stack
     */
    public record WatchdogProperties(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("20ms") Duration loopStall,
            @DefaultValue("1s") Duration coreStall) {

        public WatchdogProperties {
            check("fasterapi.watchdog.loop-stall", loopStall);
            check("fasterapi.watchdog.core-stall", coreStall);
        }

        private static void check(String property, Duration limit) {
            if (limit.compareTo(WatchdogOptions.SHORTEST) < 0
                    || limit.compareTo(WatchdogOptions.LONGEST) > 0) {
                throw PropertyChecks.refused(property, limit, "a duration from 4ms to 1h");
            }
        }

        WatchdogOptions options() {
            return new WatchdogOptions(loopStall, coreStall);
        }
    }
}
