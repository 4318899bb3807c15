package io.fasterapi.spring.server;

import io.fasterapi.core.HandlerCore;
import io.netty.util.internal.PlatformDependent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The health of the cores: whether each has its thread, and how much work waits. Any thread; never
 * waits.
 */
public final class ServerHealth implements HealthIndicator {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final ServerParts parts;
    private final @Nullable Duration unreadyAfter;

    /**
     * Creates the indicator.
     *
     * @param unreadyAfter how long an overload may last before the server is out of service; null
     *     for never
     */
    public ServerHealth(ServerParts parts, @Nullable Duration unreadyAfter) {
        this.parts = parts;
        this.unreadyAfter = unreadyAfter;
    }

    @Override
    public Health health() {
        List<HandlerCore> cores = parts.workers().cores().cores();
        long alive = cores.stream().filter(HandlerCore::isRunning).count();
        Duration overload = parts.placements().overload().lasted();
        Health.Builder health = Health.up();
        if (unreadyAfter != null && overload.compareTo(unreadyAfter) >= 0) {
            health.outOfService();
        }
        if (parts.threads().isRunning() && alive < cores.size()) {
            health.down();
        }
        return health.withDetail("cores", cores(cores, alive))
                .withDetail("loops", parts.threads().ioThreads())
                .withDetail("backlog", backlog(cores))
                .withDetail("overload", overload.toSeconds() + " s")
                .withDetail("memory", memory())
                .build();
    }

    private static Map<String, Object> cores(List<HandlerCore> cores, long alive) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("count", cores.size());
        details.put("running", alive);
        details.put("overloaded", cores.stream().filter(HandlerCore::isOverloaded).count());
        details.put("replaced", cores.stream().mapToInt(HandlerCore::replacements).sum());
        return details;
    }

    private Map<String, Object> backlog(List<HandlerCore> cores) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("underWay", parts.workers().admission().limiter().count());
        details.put("queued", cores.stream().mapToLong(HandlerCore::depth).sum());
        long oldest = cores.stream().mapToLong(HandlerCore::oldestNanos).max().orElse(0);
        details.put("oldestMillis", oldest / NANOS_PER_MILLI);
        return details;
    }

    /** In bytes. What Netty does not count is -1. */
    private Map<String, Object> memory() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("direct", PlatformDependent.usedDirectMemory());
        details.put("directMost", PlatformDependent.maxDirectMemory());
        details.put("unwritten", parts.connections().unwrittenBytes());
        return details;
    }
}
