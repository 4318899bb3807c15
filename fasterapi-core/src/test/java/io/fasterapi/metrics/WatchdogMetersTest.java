package io.fasterapi.metrics;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.watchdog.Activity;
import io.fasterapi.watchdog.Watchdog;
import io.fasterapi.watchdog.WatchdogOptions;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchdogMetersTest {

    private static final Duration STALL = Duration.ofMillis(40);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Watchdog watchdog =
            new Watchdog(new WatchdogOptions(STALL, STALL), () -> List.of());
    private final Activity activity = new Activity();

    @BeforeEach
    void start() {
        activity.attach();
        watchdog.watch("first", new Activity());
        watchdog.start();
        new WatchdogMeters(watchdog).bindTo(registry);
        watchdog.watch("second", activity);
    }

    @AfterEach
    void stop() {
        watchdog.stop();
    }

    @Test
    void everyThreadHasItsMetersAlsoALaterOne() {
        await().until(() -> registry.getMeters().size() == 8);
        for (String thread : List.of("first", "second")) {
            assertThat(registry.getMeters())
                    .filteredOn(
                            meter ->
                                    Tags.of(meter.getId().getTags())
                                            .equals(Tags.of("thread", thread)))
                    .extracting(meter -> meter.getId().getName())
                    .containsExactlyInAnyOrder(
                            "fasterapi.watchdog.stalls",
                            "fasterapi.watchdog.stall",
                            "fasterapi.watchdog.stall.max",
                            "fasterapi.watchdog.running");
        }
    }

    @Test
    void valuesAreTheWatchdogsOwn() {
        await().until(() -> registry.getMeters().size() == 8);
        assertThat(stalls("second").count()).isZero();

        activity.begin("GET /slow");
        await().until(() -> stalls("second").count() == 1);
        assertThat(running("second").value(SECONDS)).isGreaterThanOrEqualTo(0.04);
        assertThat(stall("second").count()).isZero();

        activity.end(null);
        await().until(() -> stall("second").count() == 1);
        assertThat(stall("second").totalTime(SECONDS)).isGreaterThanOrEqualTo(0.04);
        assertThat(registry.get("fasterapi.watchdog.stall.max").tag("thread", "second").timeGauge())
                .extracting(gauge -> gauge.value(SECONDS))
                .isEqualTo(stall("second").totalTime(SECONDS));
        await().until(() -> running("second").value() == 0);
        assertThat(stalls("second").count()).isEqualTo(1);
        assertThat(stalls("first").count()).isZero();
    }

    /** The new thread of a core that was started again has the name and the meters of the old. */
    @Test
    void aThreadThatComesAgainGoesOnCounting() {
        activity.begin("GET /slow");
        await().until(() -> registry.getMeters().size() == 8 && stalls("second").count() == 1);
        watchdog.stop();
        activity.end(null);
        watchdog.start();
        watchdog.watch("second", activity);
        activity.begin("GET /slow");
        await().until(() -> stalls("second").count() == 2);

        assertThat(registry.getMeters()).hasSize(8);
    }

    private FunctionCounter stalls(String thread) {
        return registry.get("fasterapi.watchdog.stalls").tag("thread", thread).functionCounter();
    }

    private FunctionTimer stall(String thread) {
        return registry.get("fasterapi.watchdog.stall").tag("thread", thread).functionTimer();
    }

    private TimeGauge running(String thread) {
        return registry.get("fasterapi.watchdog.running").tag("thread", thread).timeGauge();
    }
}
