package io.fasterapi.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.pool.ObjectPool;
import io.fasterapi.pool.ObjectPools;
import io.fasterapi.pool.PoolCapacity;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.spring.testing.RunningApplication;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A user's pool: made by the application's bean, sized by properties, seen in its meters. */
@ExtendWith(OutputCaptureExtension.class)
class PoolsWiringTest {

    private static final AtomicInteger DISCARDED = new AtomicInteger();

    @Test
    void servesMetersAndEndsWithTheContext(CapturedOutput output) throws IOException {
        DISCARDED.set(0);
        try (RunningApplication application =
                RunningApplication.start(
                        Application.class,
                        "fasterapi.cores.count=1",
                        "fasterapi.pools.heavy-things.per-thread=1",
                        "fasterapi.pools.heavy-things.shared=0")) {
            for (int i = 0; i < 10; i++) {
                assertThat(application.get("/heavy").text()).isEqualTo("used");
            }
            ObjectPool<?> pool = application.bean(ObjectPool.class);
            assertThat(pool.capacity()).isEqualTo(new PoolCapacity(1, 0));
            assertThat(meter(application, "hits")).isEqualTo(9);
            assertThat(meter(application, "misses")).isEqualTo(1);
            assertThat(meter(application, "in.use")).isZero();
            assertThat(meter(application, "idle")).isEqualTo(1);
            assertThat(meter(application, "discarded")).isZero();
            assertThat(DISCARDED).hasValue(0);
        }
        assertThat(DISCARDED).hasValue(1);
        assertThat(output).doesNotContain("has no effect");
    }

    /** The whole switch: an application that uses pools and writers starts without us, too. */
    @Test
    void staysWhenSwitchedOff(CapturedOutput output) throws IOException {
        try (RunningApplication application =
                RunningApplication.start(
                        Application.class,
                        "fasterapi.enabled=false",
                        "fasterapi.pools.heavy-things.shared=-1")) {
            ObjectPool<?> pool = application.bean(ObjectPool.class);
            assertThat(pool.capacity()).isEqualTo(PoolCapacity.defaults());
            assertThat(application.bean(MeterRegistry.class).getMeters())
                    .noneMatch(each -> each.getId().getName().startsWith("fasterapi"));
            assertThat(application.get("/heavy").status()).isEqualTo(200);
        }
        assertThat(output).containsOnlyOnce("FasterAPI is off");
    }

    @Test
    void aNameWithoutAPoolIsSaid(CapturedOutput output) throws IOException {
        try (RunningApplication application =
                RunningApplication.start(
                        Application.class, "fasterapi.pools.heavy-thing.shared=7")) {
            assertThat(application.get("/heavy").status()).isEqualTo(200);
            assertThat(output)
                    .containsOnlyOnce(
                            "fasterapi.pools.heavy-thing has no effect, because no pool of that name was"
                                    + " created during start-up. Rename or remove it (pools: [heavy-things])");
        }
    }

    private static double meter(RunningApplication application, String name) {
        return application
                .bean(MeterRegistry.class)
                .get("fasterapi.pool." + name)
                .tag("pool", "heavy-things")
                .meter()
                .measure()
                .iterator()
                .next()
                .getValue();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        ObjectPool<StringBuilder> heavyThings(ObjectPools pools) {
            return pools.create(
                    "heavy-things",
                    StringBuilder::new,
                    pool ->
                            pool.reset(text -> text.setLength(0))
                                    .onDiscard(text -> DISCARDED.incrementAndGet()));
        }

        @Bean
        FastRoutes routes(ObjectPool<StringBuilder> heavy) {
            return FastRoutes.builder()
                    .get(
                            "/heavy",
                            (request, response) ->
                                    response.text(
                                            heavy.use(text -> text.append("used").toString())))
                    .build();
        }
    }
}
