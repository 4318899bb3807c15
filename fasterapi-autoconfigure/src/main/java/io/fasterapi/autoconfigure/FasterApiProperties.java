package io.fasterapi.autoconfigure;

import io.fasterapi.cores.CoreOptions;
import io.fasterapi.cores.WaitMode;
import io.fasterapi.placement.Placement;
import io.fasterapi.spring.controller.ControllerOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;

/**
 * What can be tuned in {@code application.yml}. Unknown names and values out of range stop the
 * start-up with a sentence that says what to change.
 *
 * @param enabled whether FasterAPI takes part at all; false leaves the server exactly as Spring
 *     Boot makes it
 * @param placement where handlers run
 * @param cores the handler cores
 * @param io the event loops
 * @param routes direct routes
 * @param fastLane controllers that are called without the WebFlux machinery
 */
@ConfigurationProperties(prefix = "fasterapi", ignoreUnknownFields = false)
public record FasterApiProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue PlacementProperties placement,
        @DefaultValue Cores cores,
        @DefaultValue Io io,
        @DefaultValue Routes routes,
        @DefaultValue FastLane fastLane) {

    public FasterApiProperties {
        SpinCheck.check(cores, io);
    }

    /**
     * Where handlers run.
     *
     * @param fallback placement of whatever names none itself: core (a handler core, reached by a
     *     ring) or inline (the event loop). Measured on one shared CPU, a hop to a core costs 1 to
     *     5 microseconds; inline, a slow handler stalls every connection of its event loop.
     */
    public record PlacementProperties(@Name("default") @DefaultValue("core") Placement fallback) {}

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

        public Cores {
            if (count != null && (count < 1 || count > 1024)) {
                throw new InvalidPropertyException(
                        "fasterapi.cores.count", count, "a number from 1 to 1024");
            }
            if (ringSize < 2 || ringSize > 1 << 20 || Integer.bitCount(ringSize) != 1) {
                throw new InvalidPropertyException(
                        "fasterapi.cores.ring-size", ringSize, "a power of two from 2 to 1048576");
            }
            if (stopTimeout.isNegative()) {
                throw new InvalidPropertyException(
                        "fasterapi.cores.stop-timeout", stopTimeout, "a duration of 0s or more");
            }
        }

        CoreOptions options() {
            int cores = count == null ? Runtime.getRuntime().availableProcessors() : count;
            return new CoreOptions(cores, ringSize, waitMode, pinned, "fasterapi-core-");
        }
    }

    /**
     * The event loops.
     *
     * @param threads number of event loops; one per CPU of the quota unless set
     */
    public record Io(@Nullable Integer threads) {

        public Io {
            if (threads != null && (threads < 1 || threads > 1024)) {
                throw new InvalidPropertyException(
                        "fasterapi.io.threads", threads, "a number from 1 to 1024");
            }
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
                throw new InvalidPropertyException(
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
}
