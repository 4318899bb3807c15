package io.fasterapi.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.core.CoreOptions;
import io.fasterapi.core.CoreTask;
import io.fasterapi.core.HandlerCore;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.core.WaitMode;
import io.fasterapi.core.Worker;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.Placements;
import io.fasterapi.test.Garbage;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RingMetersTest {

    private final HandlerCores cores =
            new HandlerCores(new CoreOptions(1, 8, WaitMode.PARK, false, "meter-core-"));
    private final HandlerCore core = cores.cores().get(0);
    private final ConcurrencyLimiter limiter = new ConcurrencyLimiter();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final EventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    @BeforeEach
    void start() {
        cores.start();
        new RingMeters(cores, limiter).bindTo(registry);
    }

    @AfterEach
    void stop() {
        cores.stop(Duration.ofSeconds(10));
        group.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void everyMeterHasItsNameAndCore() {
        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getName())
                .containsExactlyInAnyOrder(
                        "fasterapi.requests.active",
                        "fasterapi.ring.published",
                        "fasterapi.ring.rejected",
                        "fasterapi.ring.moved",
                        "fasterapi.ring.replaced",
                        "fasterapi.ring.backlog",
                        "fasterapi.ring.oldest",
                        "fasterapi.ring.overloaded",
                        "fasterapi.ring.remaining",
                        "fasterapi.ring.capacity",
                        "fasterapi.ring.wait",
                        "fasterapi.ring.wait.max",
                        "fasterapi.ring.service",
                        "fasterapi.ring.service.max",
                        "fasterapi.ring.batches",
                        "fasterapi.ring.batch.size",
                        "fasterapi.ring.batch.size.max",
                        "fasterapi.ring.completion.batches",
                        "fasterapi.ring.continuations");
        assertThat(registry.getMeters())
                .filteredOn(meter -> meter.getId().getName().startsWith("fasterapi.ring."))
                .allMatch(meter -> Tags.of("core", "0").equals(Tags.of(meter.getId().getTags())));
    }

    @Test
    void valuesAreExactAndSurviveACollection() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        dispatch(hold::await);
        await().until(() -> core.remaining() == 7);
        for (int i = 0; i < 7; i++) {
            assertThat(dispatch(() -> {})).isTrue();
        }
        assertThat(dispatch(() -> {})).isFalse();
        assertThat(dispatch(() -> {})).isFalse();
        assertThat(value("remaining")).isZero();
        hold.countDown();
        await().until(() -> core.remaining() == 8);
        core.execute(() -> {});
        await().until(() -> core.counters().continuations() == 1);
        limiter.refusal(Placements.of(Placement.CORE).of("GET", "/", null).load());
        Garbage.collect();

        assertThat(value("published")).isEqualTo(8);
        assertThat(value("rejected")).isEqualTo(2);
        assertThat(value("remaining")).isEqualTo(8);
        assertThat(value("capacity")).isEqualTo(8);
        assertThat(value("overloaded")).isZero();
        assertThat(value("continuations")).isEqualTo(1);
        assertThat(value("completion.batches")).isZero();
        assertThat(value("batches")).isEqualTo(core.counters().batches()).isPositive();
        assertThat(value("batch.size")).isEqualTo(8.0 / core.counters().batches());
        assertThat(registry.get("fasterapi.requests.active").gauge().value()).isEqualTo(1);
        timesAreThoseOfTheCore();
    }

    private void timesAreThoseOfTheCore() {
        FunctionTimer wait = registry.get("fasterapi.ring.wait").functionTimer();
        FunctionTimer service = registry.get("fasterapi.ring.service").functionTimer();
        assertThat(wait.count()).isEqualTo(8);
        assertThat(service.count()).isEqualTo(8);
        assertThat(nanos(wait)).isEqualTo(core.counters().waitNanos());
        assertThat(nanos(service)).isEqualTo(core.counters().serviceNanos());
    }

    /**
     * Rounded, since the registry keeps seconds: there and back may leave a part of a nanosecond.
     */
    private static long nanos(FunctionTimer timer) {
        return Math.round(timer.totalTime(TimeUnit.NANOSECONDS));
    }

    @Test
    void maximaAreReadTwiceWithTheSameResult() throws Exception {
        for (int i = 0; i < 3; i++) {
            dispatch(() -> {});
            int soFar = i + 1;
            await().until(() -> core.counters().batches() == soFar);
        }
        for (String name : new String[] {"wait.max", "service.max", "batch.size.max"}) {
            double first = value(name);

            assertThat(first).as(name).isPositive();
            assertThat(value(name)).as(name).isEqualTo(first);
        }
        assertThat(value("batch.size.max")).isEqualTo(1);
    }

    private double value(String name) {
        Meter meter = registry.get("fasterapi.ring." + name).meter();
        return meter.measure().iterator().next().getValue();
    }

    private boolean dispatch(Body body) throws Exception {
        EventLoop loop = group.next();
        return loop.submit(() -> cores.dispatch(new Once(body), loop)).get();
    }

    /** What a task does. */
    @FunctionalInterface
    private interface Body {
        void run() throws Exception;
    }

    private record Once(Body body) implements CoreTask {

        @Override
        public void run(Worker core) throws Exception {
            body.run();
        }

        @Override
        public void abort(Throwable cause) {
            throw new AssertionError(cause);
        }
    }
}
