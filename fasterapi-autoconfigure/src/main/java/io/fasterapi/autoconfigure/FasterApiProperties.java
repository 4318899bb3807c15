package io.fasterapi.autoconfigure;

import io.fasterapi.admission.Deadlines;
import io.fasterapi.admission.EventLoopLag;
import io.fasterapi.core.CoreOptions;
import io.fasterapi.core.PauseDetector;
import io.fasterapi.core.QueueTimeLimit;
import io.fasterapi.core.WaitMode;
import io.fasterapi.netty.ConnectionLimits;
import io.fasterapi.placement.ConcurrencyLimit;
import io.fasterapi.placement.LoadLimits;
import io.fasterapi.placement.Placement;
import io.fasterapi.pool.PoolCapacity;
import io.fasterapi.spring.webflux.compile.ControllerOptions;
import io.fasterapi.spring.webflux.dispatch.AdaptiveLimit;
import io.fasterapi.spring.webflux.dispatch.ConfiguredPlacements;
import io.fasterapi.watchdog.WatchdogOptions;
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
 * The properties {@code fasterapi.*}. Spring binds them once at the start. An unknown name or a
 * value out of range stops the start with a sentence that says what to change.
 *
 * @param enabled Whether FasterAPI takes part. With false, Spring Boot's server works exactly as
 *     without FasterAPI.
 * @param requestTimeout The time within which an answer must begin, 1ms to 1d. After that the
 *     request gets 503 and its handler is cancelled. Unset: no limit.
 * @param deadlineHeader The request header in which callers send the milliseconds that they will
 *     wait for the answer. The shorter of this time and request-timeout counts. Unset: no header is
 *     read.
 * @param placement where handlers run
 * @param admission what is refused under overload
 * @param limits limits on connections
 * @param cores the handler cores
 * @param io the event loops
 * @param routes fast routes and the direct lane
 * @param fastLane controllers on the direct lane
 * @param pools The capacity of each object pool, by its name: per-thread (default 4) idle objects
 *     for each event loop and handler core, and shared (default 64) for all threads.
 * @param watchdog the detection of stalls
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

    /** Returns the capacity of a pool, the default unless it is configured. */
    PoolCapacity capacityOf(String name) {
        Pool pool = pools.get(name);
        return pool == null
                ? PoolCapacity.defaults()
                : new PoolCapacity(pool.perThread(), pool.shared());
    }

    /**
     * Where handlers run.
     *
     * @param fallback The placement of routes that name none: core (a handler core, reached through
     *     a ring), inline (the event loop), virtual (a thread of its own, which may block) or auto.
     *     A route under auto begins on a core and moves to where its calls cost least, so you need
     *     not know how long your handlers take. A slow handler under inline stalls every connection
     *     of its event loop.
     * @param routes The placement of routes by path pattern, for example "[/reports/**]": virtual.
     *     The more specific pattern wins, and each wins over what a route says itself.
     * @param threads The most threads of the placement virtual on JDK 17 to 20, which have no
     *     virtual threads, 1 to 10000. The default is Tomcat's: 200 threads serve 2,000 calls per
     *     second that wait for 100 ms each. The actuator has up to 20 threads of its own.
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
     * What is refused with 503 and Retry-After under overload.
     *
     * @param enabled Whether requests are refused that an overloaded core, batcher or event loop
     *     cannot serve in time. The limits on requests under way hold in any case.
     * @param patience How long clients wait for an answer, more than 0s. Under lasting overload the
     *     newest request goes first, and a request that has waited longer is refused. The default
     *     is longer than any burst that a healthy server meets; with 100ms, 64 clients that asked a
     *     cold server again at once got more refusals than answers. Time in which a core or event
     *     loop had no CPU does not count.
     * @param maxInFlight The most requests under way in the application, from 1. The default leaves
     *     room for handlers that answer later and hold no thread.
     * @param maxInFlightPerRoute The most requests under way of one route, from 1.
     * @param adaptive Whether the limit of a route falls below max-in-flight-per-route when its
     *     requests take longer than they used to. Needs
     *     com.netflix.concurrency-limits:concurrency-limits-core on the class path.
     * @param essential Path patterns of essential requests, which are never refused. Those of the
     *     actuator always are.
     * @param unreadyAfter How long requests may be refused before the health of fasterapi is
     *     OUT_OF_SERVICE, more than 0s. Add it to a readiness group to take an overloaded instance
     *     out of the load balancer. Unset: never.
     * @param tooManyRequests Path patterns whose requests are refused with 429 instead of 503.
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

        QueueTimeLimit queueTimeLimit() {
            return enabled ? new QueueTimeLimit(patience) : QueueTimeLimit.none();
        }

        EventLoopLag eventLoopLag(PauseDetector pauses) {
            return enabled
                    ? EventLoopLag.atMost(patience, pauses::totalNanos)
                    : EventLoopLag.none();
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
         * Returns the test for essential routes by path template. Its variables stand for
         * themselves.
         */
        Predicate<String> essentials(Environment environment) {
            List<String> all = new ArrayList<>(essential);
            String base = environment.getProperty(ACTUATOR, "/actuator");
            if (base.endsWith("/")) {
                base = base.substring(0, base.length() - 1);
            }
            all.add(
                    base.isEmpty()
                            ? "/health/**"
                            : base + "/**"); // at "/" the actuator shares the root
            if (environment.getProperty(PROBES, Boolean.class, false)) {
                all.add("/livez");
                all.add("/readyz");
            }
            return matching(all);
        }

        /** Returns a test whether any of the patterns matches a path template. */
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
     * Limits on connections. From 92 percent of a limit on, each connection is closed after its
     * next answer. At the limit new connections are closed.
     *
     * @param connections The most open connections, from 1. Unset: no limit.
     * @param unwritten The most bytes of direct memory that may wait to be written to clients which
     *     do not read, from 1B. At the limit requests are refused, too, except essential ones.
     *     Unset: no limit.
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
     * @param count The number of handler cores, 1 to 1024. Each is one thread with its own ring.
     *     Unset: one per available CPU.
     * @param ringSize The slots of each ring, a power of two from 2 to 1048576. A full ring refuses
     *     with 503. The default holds one second of work at 4,096 requests per second.
     * @param waitMode How an idle core waits: park, yield or spin. The default uses no CPU. Under
     *     yield and spin each core uses a whole CPU; they need cores.count and io.threads set so
     *     that their sum does not exceed the CPUs.
     * @param pinned Whether each core's thread is pinned to a CPU. Needs net.openhft:affinity on
     *     the class path.
     * @param stopTimeout How long the cores may take at shutdown to finish accepted requests, 0s or
     *     more. After that the rest is aborted.
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

        CoreOptions options(QueueTimeLimit limit) {
            if (pinned && !ClassUtils.isPresent(AFFINITY, null)) {
                throw PropertyChecks.refused(
                        "fasterapi.cores.pinned",
                        true,
                        "false, or add net.openhft:affinity to the class path");
            }
            int cores = count == null ? Runtime.getRuntime().availableProcessors() : count;
            return new CoreOptions(cores, ringSize, waitMode, pinned, "fasterapi-core-", limit);
        }
    }

    /**
     * The event loops.
     *
     * @param threads The number of event loops, 1 to 1024. Unset: one per available CPU.
     * @param clients Whether the application's clients use the event loops of the server.
     */
    public record Io(@Nullable Integer threads, @DefaultValue("true") boolean clients) {
        public Io {
            PropertyChecks.range("fasterapi.io.threads", threads, 1, 1024);
        }

        int count() {
            return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        }
    }

    /**
     * Fast routes and the direct lane.
     *
     * @param maxBodySize The longest request body that a fast route reads, 0B to 2047MB. A longer
     *     one is refused with 413. A controller's request with a longer body is served by WebFlux
     *     instead. The default equals that of WebFlux's codecs.
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
     * Controllers on the direct lane.
     *
     * @param controllers Which controller methods are called without WebFlux's handler chain: auto
     *     (all whose answers are provably the same), annotated (those with @FastPath) or off. All
     *     others are served by WebFlux.
     */
    public record FastLane(@DefaultValue("auto") ControllerOptions.Choice controllers) {}

    /**
     * One object pool.
     *
     * @param perThread idle objects that each event loop and each handler core keeps for itself, 0
     *     to 1024
     * @param shared idle objects that all threads share, 0 to 1048576
     */
    public record Pool(@DefaultValue("4") int perThread, @DefaultValue("64") int shared) {}

    /**
     * The detection of stalls.
     *
     * @param enabled Whether a thread looks for event loops and handler cores that stall. It also
     *     moves a route with automatic placement off an event loop that it holds.
     * @param loopStall How long one call may hold an event loop before it is reported with its
     *     stack, 4ms to 1h.
     * @param coreStall How long one call may hold a handler core before it is reported with its
     *     stack, 4ms to 1h.
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
