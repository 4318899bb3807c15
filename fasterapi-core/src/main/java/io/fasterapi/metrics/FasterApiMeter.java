package io.fasterapi.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Every meter of FasterAPI: its name, kind, unit, tags and description. All of them are registered
 * by the methods of this class, and docs/observability.md lists them from it. A constant's name is
 * the meter's: {@code RING_WAIT_MAX} is {@code fasterapi.ring.wait.max}. Immutable.
 *
 * <p>Each meter pulls its value when it is scraped, so nothing is added to a request. Registries
 * hold the measured object weakly: whoever registers a meter keeps that object.
 */
public enum FasterApiMeter {
    REQUESTS_ACTIVE(Kind.GAUGE, null, "Requests that have begun and not yet ended"),
    RING_PUBLISHED(Kind.COUNTER, null, "Items published into the ring", MeterTag.CORE),
    RING_REJECTED(
            Kind.COUNTER,
            null,
            "Items refused because the ring was full or its core did not run",
            MeterTag.CORE),
    RING_MOVED(
            Kind.COUNTER,
            null,
            "Items moved from the ring to a thread of their own, because their route or "
                    + "the core waited",
            MeterTag.CORE),
    RING_REPLACED(
            Kind.COUNTER,
            null,
            "Threads of the core that died of a failure and were replaced; more than 0 is "
                    + "a bug",
            MeterTag.CORE),
    RING_BACKLOG(
            Kind.GAUGE,
            "items",
            "Items that wait or are being served, in the ring or, under overload, taken "
                    + "out of it",
            MeterTag.CORE),
    RING_OLDEST(
            Kind.TIME_GAUGE,
            null,
            "How long the oldest item has waited that nobody has begun",
            MeterTag.CORE),
    RING_OVERLOADED(
            Kind.GAUGE,
            null,
            "1 while the core is overloaded and serves the newest items first, else 0",
            MeterTag.CORE),
    RING_REMAINING(Kind.GAUGE, "slots", "Free slots of the ring", MeterTag.CORE),
    RING_CAPACITY(Kind.GAUGE, "slots", "Slots of the ring", MeterTag.CORE),
    RING_WAIT(Kind.TIMER, null, "How long items waited in the ring", MeterTag.CORE),
    RING_WAIT_MAX(Kind.TIME_GAUGE, null, "The longest wait of the last minutes", MeterTag.CORE),
    RING_SERVICE(Kind.TIMER, null, "How long items held the core", MeterTag.CORE),
    RING_SERVICE_MAX(
            Kind.TIME_GAUGE,
            null,
            "The longest time of the last minutes for which an item held the core",
            MeterTag.CORE),
    RING_BATCHES(Kind.COUNTER, null, "Batches drained from the ring", MeterTag.CORE),
    RING_BATCH_SIZE(
            Kind.GAUGE, "items", "Mean number of items in a batch since the start", MeterTag.CORE),
    RING_BATCH_SIZE_MAX(
            Kind.GAUGE, "items", "The largest batch of the last minutes", MeterTag.CORE),
    RING_COMPLETION_BATCHES(
            Kind.COUNTER,
            null,
            "Completion batches: tasks given to event loops, each with all answers that "
                    + "the core has finished for that loop",
            MeterTag.CORE),
    RING_CONTINUATIONS(
            Kind.COUNTER,
            null,
            "Continuations that the core ran: later work of admitted requests, such as "
                    + "body chunks and timers",
            MeterTag.CORE),
    REFUSED(
            Kind.COUNTER,
            null,
            "Requests refused with 503 or 429, or ended by their deadline; a series "
                    + "appears with its first refusal",
            MeterTag.ROUTE,
            MeterTag.CAUSE),
    REFUSED_EARLY(Kind.COUNTER, null, "Refused requests that Reactor Netty had not seen yet"),
    SERVED_EARLY(Kind.COUNTER, null, "Requests answered before Reactor Netty had seen them"),
    ROUTE_LIMIT(
            Kind.GAUGE,
            null,
            "The most requests of the route that may be under way now; appears once the "
                    + "route has reached it",
            MeterTag.ROUTE),
    PLACEMENT_ROUTES(Kind.GAUGE, null, "Routes that run there now", MeterTag.PLACEMENT),
    PLACEMENT_MOVES(
            Kind.COUNTER,
            null,
            "How often automatic placement has moved a route there",
            MeterTag.TO),
    THREADS_STARTED(Kind.COUNTER, null, "Requests that got a thread of their own"),
    THREADS_REJECTED(Kind.COUNTER, null, "Requests refused because no thread was free for them"),
    THREADS_WAITING(
            Kind.GAUGE,
            null,
            "Requests that wait for a thread of their own; 0 with virtual threads"),
    THREADS_RUNNING(Kind.GAUGE, null, "Requests that have a thread of their own or wait for one"),
    CONTROLLER_CALLS(
            Kind.COUNTER,
            null,
            "Requests that the lane has served, without fast routes on the direct lane "
                    + "and pre-flight requests",
            MeterTag.LANE),
    BATCH_ITEMS(Kind.COUNTER, null, "Items of batches that have ended", MeterTag.BATCHER),
    BATCH_FAILED(Kind.COUNTER, null, "Batches that failed as a whole", MeterTag.BATCHER),
    BATCH_DROPPED(
            Kind.COUNTER,
            null,
            "Items that joined no batch",
            MeterTag.BATCHER,
            MeterTag.DROP_CAUSE),
    BATCH_WAIT(Kind.TIMER, null, "How long items waited for their batch", MeterTag.BATCHER),
    BATCH_SERVICE(Kind.TIMER, null, "How long batches took", MeterTag.BATCHER),
    BATCH_QUEUED(Kind.GAUGE, "items", "Items that wait for their batch", MeterTag.BATCHER),
    CONNECTIONS_OPEN(
            Kind.GAUGE,
            null,
            "Open connections; like all meters of connections only where a limit is set"),
    CONNECTIONS_UNWRITTEN(
            Kind.GAUGE, "bytes", "Bytes of answers that wait to be written to clients"),
    CONNECTIONS_REFUSED(
            Kind.COUNTER, null, "Connections closed at once because a limit was reached"),
    CONNECTIONS_REQUESTS_REFUSED(
            Kind.COUNTER, null, "Requests refused because too many bytes waited to be written"),
    CONNECTIONS_NOT_KEPT(
            Kind.COUNTER,
            null,
            "Requests after which a connection was closed because a limit was near"),
    POOL_HITS(Kind.COUNTER, null, "Acquisitions that reused an idle object", MeterTag.POOL),
    POOL_MISSES(Kind.COUNTER, null, "Acquisitions that made a new object", MeterTag.POOL),
    POOL_DISCARDED(
            Kind.COUNTER,
            null,
            "Objects given up: no room for them, found unfit, or the pool was closed",
            MeterTag.POOL),
    POOL_LOST(
            Kind.COUNTER,
            null,
            "Objects that were never released and became garbage: a bug of the code that "
                    + "uses them",
            MeterTag.POOL),
    POOL_IN_USE(Kind.GAUGE, "objects", "Objects in use", MeterTag.POOL),
    POOL_IDLE(Kind.GAUGE, "objects", "Objects that wait for their next use", MeterTag.POOL),
    WATCHDOG_STALLS(
            Kind.COUNTER,
            null,
            "Calls that held the thread for longer than the limit, counted when they are "
                    + "found",
            MeterTag.THREAD),
    WATCHDOG_STALL(
            Kind.TIMER, null, "How long such calls took, counted when they end", MeterTag.THREAD),
    WATCHDOG_STALL_MAX(
            Kind.TIME_GAUGE,
            null,
            "The longest such call that ended in the last minutes",
            MeterTag.THREAD),
    WATCHDOG_RUNNING(
            Kind.TIME_GAUGE,
            null,
            "How long the thread has been at its present call",
            MeterTag.THREAD);

    /** What a meter is to Micrometer. */
    public enum Kind {
        COUNTER,
        GAUGE,
        /** A gauge whose value is a time. */
        TIME_GAUGE,
        /** A count and a total time. */
        TIMER;

        /** Returns the name for people, for example {@code time gauge}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    private final String meterName;
    private final Kind kind;
    private final @Nullable String unit;
    private final String description;
    private final List<MeterTag> tags;

    FasterApiMeter(Kind kind, @Nullable String unit, String description, MeterTag... tags) {
        this.meterName = "fasterapi." + name().toLowerCase(Locale.ROOT).replace('_', '.');
        this.kind = kind;
        this.unit = unit;
        this.description = description;
        this.tags = List.of(tags);
    }

    /** Returns the meter's name, for example {@code fasterapi.ring.wait}. */
    public String meterName() {
        return meterName;
    }

    /** Returns what the meter is. */
    public Kind kind() {
        return kind;
    }

    /** Returns the base unit; null if the meter has none, or is a time. */
    public @Nullable String unit() {
        return unit;
    }

    /** Returns what the meter says, without a full stop. */
    public String description() {
        return description;
    }

    /** Returns the tags that each of its series has, in their order. */
    public List<MeterTag> tags() {
        return tags;
    }

    /** Registers a counter. */
    public <T> void counter(
            MeterRegistry registry, T source, ToDoubleFunction<T> value, String... tagValues) {
        FunctionCounter.builder(meterName, source, value)
                .description(description)
                .baseUnit(unit)
                .tags(tags(Kind.COUNTER, tagValues))
                .register(registry);
    }

    /** Registers a gauge. */
    public <T> void gauge(
            MeterRegistry registry, T source, ToDoubleFunction<T> value, String... tagValues) {
        Gauge.builder(meterName, source, value)
                .description(description)
                .baseUnit(unit)
                .tags(tags(Kind.GAUGE, tagValues))
                .register(registry);
    }

    /** Registers a gauge of nanoseconds. */
    public <T> void timeGauge(
            MeterRegistry registry, T source, ToDoubleFunction<T> nanos, String... tagValues) {
        TimeGauge.builder(meterName, source, TimeUnit.NANOSECONDS, nanos)
                .description(description)
                .tags(tags(Kind.TIME_GAUGE, tagValues))
                .register(registry);
    }

    /**
     * Registers a timer.
     *
     * @param count how many there were
     * @param nanos how long they took in all
     */
    public <T> void timer(
            MeterRegistry registry,
            T source,
            ToLongFunction<T> count,
            ToDoubleFunction<T> nanos,
            String... tagValues) {
        FunctionTimer.builder(meterName, source, count, nanos, TimeUnit.NANOSECONDS)
                .description(description)
                .tags(tags(Kind.TIMER, tagValues))
                .register(registry);
    }

    private Tags tags(Kind asked, String... values) {
        if (asked != kind || values.length != tags.size()) {
            throw new IllegalArgumentException(
                    "%s: registered as %s with the tag values %s (expected: %s with one for each of %s)"
                            .formatted(
                                    meterName,
                                    asked.label(),
                                    Arrays.toString(values),
                                    kind.label(),
                                    tags));
        }
        Tags all = Tags.empty();
        for (int i = 0; i < values.length; i++) {
            all = all.and(tags.get(i).key(), values[i]);
        }
        return all;
    }
}
