package io.fasterapi.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.core.QueueTimeLimit;
import io.fasterapi.core.ThreadOptions;
import io.fasterapi.core.WaitMode;
import io.fasterapi.placement.Placement;
import io.fasterapi.pool.PoolCapacity;
import io.fasterapi.spring.webflux.compile.ControllerOptions;
import io.fasterapi.watchdog.WatchdogOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** What is written in {@code application.yml} arrives. */
class PropertiesWiringTest {

    private static final int CPUS = Runtime.getRuntime().availableProcessors();

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Bound.class);

    @Test
    void defaults() {
        runner.run(
                context -> {
                    FasterApiProperties properties = context.getBean(FasterApiProperties.class);
                    assertThat(properties.enabled()).isTrue();
                    assertThat(properties.placement().fallback()).isEqualTo(Placement.AUTO);
                    assertThat(properties.placement().routes()).isEmpty();
                    assertThat(properties.placement().threads())
                            .isEqualTo(ThreadOptions.DEFAULT_MOST);
                    assertThat(properties.cores())
                            .isEqualTo(
                                    new FasterApiProperties.Cores(
                                            null,
                                            4096,
                                            WaitMode.PARK,
                                            false,
                                            Duration.ofSeconds(10)));
                    assertThat(properties.cores().options(QueueTimeLimit.none()).count())
                            .isEqualTo(CPUS);
                    assertThat(properties.cores().options(QueueTimeLimit.none()).threadName())
                            .isEqualTo("fasterapi-core-");
                    assertThat(properties.io().count()).isEqualTo(CPUS);
                    assertThat(properties.routes().maxBodyBytes()).isEqualTo(256 * 1024);
                    assertThat(properties.pools()).isEmpty();
                    assertThat(properties.capacityOf("any")).isEqualTo(PoolCapacity.defaults());
                    assertThat(properties.watchdog().enabled()).isTrue();
                    assertThat(properties.watchdog().options())
                            .isEqualTo(WatchdogOptions.defaults());
                });
    }

    @Test
    void everyValue() {
        runner.withPropertyValues(
                        "fasterapi.enabled=false",
                        "fasterapi.request-timeout=2s",
                        "fasterapi.deadline-header=X-Budget",
                        "fasterapi.placement.default=inline",
                        "fasterapi.placement.routes[/slow/**]=virtual",
                        "fasterapi.placement.threads=20",
                        "fasterapi.admission.enabled=false",
                        "fasterapi.admission.patience=7ms",
                        "fasterapi.admission.max-in-flight=20",
                        "fasterapi.admission.max-in-flight-per-route=10",
                        "fasterapi.admission.adaptive=true",
                        "fasterapi.admission.essential=/livez",
                        "fasterapi.admission.unready-after=30s",
                        "fasterapi.admission.too-many-requests=/search/**",
                        "fasterapi.limits.connections=100",
                        "fasterapi.limits.unwritten=64MB",
                        "fasterapi.cores.count=3",
                        "fasterapi.cores.ring-size=64",
                        "fasterapi.cores.wait-mode=park",
                        "fasterapi.cores.pinned=true",
                        "fasterapi.cores.stop-timeout=250ms",
                        "fasterapi.io.threads=5",
                        "fasterapi.io.clients=false",
                        "fasterapi.routes.max-body-size=3MB",
                        "fasterapi.pools.digests.per-thread=1",
                        "fasterapi.pools.digests.shared=2",
                        "fasterapi.pools.json-buffers.shared=0",
                        "fasterapi.fast-lane.controllers=off",
                        "fasterapi.watchdog.enabled=false",
                        "fasterapi.watchdog.loop-stall=5ms",
                        "fasterapi.watchdog.core-stall=3s")
                .run(
                        context ->
                                assertThat(context.getBean(FasterApiProperties.class))
                                        .isEqualTo(everyExpected()));
    }

    private static FasterApiProperties everyExpected() {
        return new FasterApiProperties(
                false,
                Duration.ofSeconds(2),
                "X-Budget",
                new FasterApiProperties.PlacementProperties(
                        Placement.INLINE, Map.of("/slow/**", Placement.VIRTUAL), 20),
                new FasterApiProperties.Admission(
                        false,
                        Duration.ofMillis(7),
                        20,
                        10,
                        true,
                        List.of("/livez"),
                        Duration.ofSeconds(30),
                        List.of("/search/**")),
                new FasterApiProperties.Limits(100, DataSize.ofMegabytes(64)),
                new FasterApiProperties.Cores(3, 64, WaitMode.PARK, true, Duration.ofMillis(250)),
                new FasterApiProperties.Io(5, false),
                new FasterApiProperties.Routes(DataSize.ofMegabytes(3)),
                new FasterApiProperties.FastLane(ControllerOptions.Choice.OFF),
                Map.of(
                        "digests",
                        new FasterApiProperties.Pool(1, 2),
                        "json-buffers",
                        new FasterApiProperties.Pool(4, 0)),
                new FasterApiProperties.WatchdogProperties(
                        false, Duration.ofMillis(5), Duration.ofSeconds(3)));
    }

    @Test
    void capacitiesOfPools() {
        runner.withPropertyValues(
                        "fasterapi.pools.digests.perThread=1024",
                        "fasterapi.pools.digests.shared=1048576")
                .run(
                        context ->
                                assertThat(
                                                context.getBean(FasterApiProperties.class)
                                                        .capacityOf("digests"))
                                        .isEqualTo(new PoolCapacity(1024, 1048576)));
    }

    @Test
    void bounds() {
        runner.withPropertyValues(
                        "fasterapi.cores.count=1024",
                        "fasterapi.cores.ring-size=1048576",
                        "fasterapi.cores.stop-timeout=0s",
                        "fasterapi.io.threads=1024",
                        "fasterapi.watchdog.loop-stall=1h",
                        "fasterapi.watchdog.core-stall=1h",
                        "fasterapi.routes.max-body-size=2047MB")
                .run(context -> assertThat(context).hasNotFailed());
        runner.withPropertyValues(
                        "fasterapi.cores.count=1",
                        "fasterapi.cores.ring-size=2",
                        "fasterapi.io.threads=1",
                        "fasterapi.watchdog.loop-stall=4ms",
                        "fasterapi.watchdog.core-stall=4ms",
                        "fasterapi.routes.max-body-size=0B")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void relaxedSpellings() {
        runner.withPropertyValues("FASTERAPI_CORES_RINGSIZE=32", "fasterapi.cores.stopTimeout=7s")
                .withSystemProperties("fasterapi.cores.ring_size=32")
                .run(
                        context -> {
                            FasterApiProperties.Cores cores =
                                    context.getBean(FasterApiProperties.class).cores();
                            assertThat(cores.ringSize()).isEqualTo(32);
                            assertThat(cores.stopTimeout()).isEqualTo(Duration.ofSeconds(7));
                        });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(FasterApiProperties.class)
    static class Bound {}
}
