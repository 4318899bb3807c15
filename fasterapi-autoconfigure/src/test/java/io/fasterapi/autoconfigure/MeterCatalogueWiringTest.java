package io.fasterapi.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.batch.BatchFunction;
import io.fasterapi.batch.BatchOptions;
import io.fasterapi.batch.Batchers;
import io.fasterapi.metrics.FasterApiMeter;
import io.fasterapi.metrics.FasterApiMeter.Kind;
import io.fasterapi.metrics.MeterTag;
import io.fasterapi.placement.Placements;
import io.fasterapi.placement.Refused;
import io.fasterapi.pool.ObjectPools;
import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.spring.webflux.route.Lane;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.TimeGauge;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** What is registered and what {@link FasterApiMeter} says are the same. */
class MeterCatalogueWiringTest {

    @Test
    void everyMeterIsRegisteredAsTheCatalogueSays() {
        try (RunningApplication application =
                RunningApplication.start(Application.class, "fasterapi.limits.connections=100")) {
            application
                    .bean(Batchers.class)
                    .create("numbers", BatchOptions.defaults(), BatchFunction.ofList(all -> all));
            application.bean(ObjectPools.class).create("things", Object::new);
            for (Refused cause : Refused.values()) {
                application.bean(Placements.class).of("GET", "/refused", null).load().refuse(cause);
            }
            assertThat(describe(application.bean(MeterRegistry.class))).isEqualTo(catalogue());
        }
    }

    @Test
    void labelsOfTheCatalogueAreAllLabels() {
        assertThat(MeterTag.CAUSE.meaning())
                .isEqualTo(code(Stream.of(Refused.values()).map(Refused::label)));
        assertThat(MeterTag.LANE.meaning())
                .isEqualTo(code(Stream.of(Lane.values()).map(Lane::label)));
    }

    private static String code(Stream<String> labels) {
        return labels.map(each -> '`' + each + '`').collect(Collectors.joining(", "));
    }

    private static Map<String, String> catalogue() {
        Map<String, String> all = new TreeMap<>();
        for (FasterApiMeter meter : FasterApiMeter.values()) {
            List<String> keys = meter.tags().stream().map(MeterTag::key).sorted().toList();
            all.put(
                    meter.meterName(),
                    meter.kind() + " " + meter.unit() + " " + keys + " " + meter.description());
        }
        return all;
    }

    private static Map<String, String> describe(MeterRegistry registry) {
        Map<String, String> all = new TreeMap<>();
        for (Meter meter : registry.getMeters()) {
            Meter.Id id = meter.getId();
            if (id.getName().startsWith("fasterapi.")) {
                Kind kind = kind(meter);
                boolean timed = kind == Kind.TIMER || kind == Kind.TIME_GAUGE;
                List<String> keys = id.getTags().stream().map(Tag::getKey).sorted().toList();
                all.put(
                        id.getName(),
                        kind
                                + " "
                                + (timed ? null : id.getBaseUnit())
                                + " "
                                + keys
                                + " "
                                + id.getDescription());
            }
        }
        return all;
    }

    private static Kind kind(Meter meter) {
        if (meter instanceof TimeGauge) {
            return Kind.TIME_GAUGE;
        }
        if (meter instanceof FunctionTimer) {
            return Kind.TIMER;
        }
        if (meter instanceof FunctionCounter) {
            return Kind.COUNTER;
        }
        assertThat(meter).isInstanceOf(Gauge.class);
        return Kind.GAUGE;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
