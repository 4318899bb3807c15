package io.fasterapi.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.fasterapi.batch.BatchFunction;
import io.fasterapi.batch.BatchOptions;
import io.fasterapi.batch.BatchWorkers;
import io.fasterapi.batch.Batcher;
import io.fasterapi.batch.Batchers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class BatchMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Batchers batchers = new Batchers(BatchWorkers.schedulers());

    @Test
    void valuesAreTheBatchersOwn() {
        new BatchMeters(batchers).bindTo(registry);
        Batcher<Integer, Integer> batcher =
                batchers.create(
                        "later", BatchOptions.defaults(), BatchFunction.ofList(items -> items));
        Flux.range(0, 20).flatMap(batcher::submit).blockLast();
        batchers.close();
        assertThat(batcher.submit(1).onErrorReturn(-1).block()).isEqualTo(-1);

        await().until(() -> value("items") == 20);
        assertThat(value("queued")).isZero();
        assertThat(value("failed")).isZero();
        assertThat(dropped("refused")).isOne();
        assertThat(dropped("expired")).isZero();
        assertThat(dropped("cancelled")).isZero();
        assertThat(registry.get("fasterapi.batch.wait").functionTimer().count()).isEqualTo(20);
        assertThat(registry.get("fasterapi.batch.service").functionTimer().count())
                .isEqualTo(batcher.counters().batches());
        assertThat(
                        registry.get("fasterapi.batch.service")
                                .functionTimer()
                                .totalTime(TimeUnit.NANOSECONDS))
                .isCloseTo(
                        (double) batcher.counters().serviceNanos(), within(0.5)); // it is a double
    }

    private double value(String name) {
        return registry.get("fasterapi.batch." + name)
                .tag("batcher", "later")
                .meter()
                .measure()
                .iterator()
                .next()
                .getValue();
    }

    private double dropped(String cause) {
        return registry.get("fasterapi.batch.dropped")
                .tags("batcher", "later", "cause", cause)
                .functionCounter()
                .count();
    }
}
