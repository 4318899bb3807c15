package io.fasterapi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoop;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandlerCoresTest {

    private static final VarHandle BYTES = MethodHandles.arrayElementVarHandle(byte[].class);
    private static final int PRODUCERS = 4;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void everyOneOfTenMillionItemsRunsExactlyOnce(int count) throws Exception {
        int each = 10_000_000 / PRODUCERS / 2 * count;
        HandlerCores cores = new HandlerCores(Work.options(count, 1024));
        byte[] seen = new byte[PRODUCERS * each];
        long refused =
                produceAll(cores, each, (producer, n) -> new Once(seen, producer * each + n));

        assertThat(occurrences(seen, (byte) 1)).isEqualTo(seen.length);
        assertThat(sum(cores, HandlerCore::published)).isEqualTo(seen.length);
        assertThat(sum(cores, core -> core.counters().taken())).isEqualTo(seen.length);
        assertThat(sum(cores, core -> core.counters().rejected())).isEqualTo(refused);
        assertThat(sum(cores, HandlerCore::depth)).isZero();
    }

    @Test
    void oneCoreRunsTheItemsOfEachProducerInOrder() throws Exception {
        HandlerCores cores = new HandlerCores(Work.options(1, 64));
        int[] expected = new int[PRODUCERS];
        AtomicInteger misplaced = new AtomicInteger();
        produceAll(
                cores,
                250_000,
                (producer, n) ->
                        new Work(
                                () -> {
                                    if (expected[producer]++ != n) {
                                        misplaced.incrementAndGet();
                                    }
                                }));

        assertThat(misplaced).hasValue(0);
        assertThat(expected).containsOnly(250_000);
    }

    @Test
    void theLessLoadedOfTwoCoresTakesTheWork() throws Exception {
        HandlerCores cores = new HandlerCores(Work.options(2, 64));
        cores.start();
        try (Loops loops = new Loops(1)) {
            Work.Hold hold = new Work.Hold();
            loops.dispatch(cores, hold);
            hold.awaitEntered();
            Work other = new Work();
            loops.dispatch(cores, other);
            await().until(() -> other.runs.get() == 1);

            assertThat(other.thread).isNotEqualTo(hold.thread);
            hold.release();
        }
        cores.stop(Duration.ofSeconds(10));
    }

    /** A core that does not run has an empty ring, and is nobody's choice all the same. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aCoreThatDoesNotRunTakesNoWork(int count) throws Exception {
        HandlerCores cores = new HandlerCores(Work.options(count, 64));
        cores.start();
        HandlerCore ended = cores.cores().get(0);
        ended.beginStop();
        await().until(() -> !ended.isRunning());
        try (Loops loops = new Loops(count)) {
            for (int i = 0; i < 20; i++) {
                Work work = new Work();
                int loop = i % count;
                assertThat(loops.<Boolean>call(loop, () -> cores.dispatch(work, loops.get(loop))))
                        .isTrue();
                await().pollInterval(Duration.ofMillis(1)).until(() -> work.runs.get() == 1);
            }
            cores.stop(Duration.ofSeconds(10));
            assertThat(loops.dispatch(cores, new Work())).isFalse();
        }
        assertThat(sum(cores, core -> core.counters().rejected())).isEqualTo(1);
        assertThat(ended.published()).isZero();
    }

    @ParameterizedTest
    @EnumSource(WaitMode.class)
    void everyWaitModeRunsWorkThatComesInBurstsAndAfterRest(WaitMode mode) throws Exception {
        HandlerCores cores = new HandlerCores(new CoreOptions(1, 64, mode, false, "wait-"));
        cores.start();
        AtomicInteger runs = new AtomicInteger();
        try (Loops loops = new Loops(1)) {
            for (int burst = 1; burst <= 50; burst++) {
                loops.call(
                        0,
                        () -> {
                            for (int i = 0; i < 20; i++) {
                                assertThat(
                                                cores.dispatch(
                                                        new Work(runs::incrementAndGet),
                                                        loops.get(0)))
                                        .isTrue();
                            }
                            return null;
                        });
                int soFar = burst * 20;
                await().pollInterval(Duration.ofMillis(1)).until(() -> runs.get() == soFar);
            }
        }
        cores.stop(Duration.ofSeconds(10));
        assertThat(cores.cores().get(0).isRunning()).isFalse();
    }

    @Test
    void continuationsRunFromLoopsThatOweWakesFromOthersAndFromForeignThreads() throws Exception {
        HandlerCores cores = new HandlerCores(Work.options(1, 64));
        cores.start();
        HandlerCore core = cores.cores().get(0);
        List<Integer> order = new ArrayList<>();
        try (Loops loops = new Loops(2)) {
            loops.dispatch(cores, new Work());
            for (int i = 0; i < 300; i += 3) {
                int number = i;
                Runnable[] steps = {
                    () -> order.add(number),
                    () -> order.add(number + 1),
                    () -> order.add(number + 2)
                };
                loops.call(0, () -> run(cores, core, steps[0]));
                loops.call(1, () -> run(cores, core, steps[1]));
                run(cores, core, steps[2]);
                await().pollInterval(Duration.ofMillis(1))
                        .until(() -> core.counters().continuations() >= number + 3);
            }
        }
        cores.stop(Duration.ofSeconds(10));

        assertThat(order).hasSize(300).isSorted();
        assertThat(core.counters().continuations()).isEqualTo(300);
    }

    private static Object run(HandlerCores cores, HandlerCore core, Runnable continuation) {
        cores.execute(
                core,
                () -> {
                    assertThat(HandlerCore.current()).isSameAs(core);
                    assertThat(core.isCurrent()).isTrue();
                    continuation.run();
                });
        return core;
    }

    /** Starts, produces from every loop at once, stops; returns how often a ring refused. */
    private static long produceAll(HandlerCores cores, int each, TaskSource source)
            throws Exception {
        cores.start();
        List<CompletableFuture<Long>> ends = new ArrayList<>();
        try (Loops loops = new Loops(PRODUCERS)) {
            for (int p = 0; p < PRODUCERS; p++) {
                Producer producer = new Producer(cores, loops.get(p), p, each, source);
                ends.add(producer.end);
                loops.get(p).execute(producer);
            }
            long refused = 0;
            for (CompletableFuture<Long> end : ends) {
                refused += end.get(120, TimeUnit.SECONDS);
            }
            cores.stop(Duration.ofSeconds(60));
            assertThat(cores.cores()).noneMatch(HandlerCore::isRunning);
            return refused;
        }
    }

    private static long sum(
            HandlerCores cores, java.util.function.ToLongFunction<HandlerCore> value) {
        return cores.cores().stream().mapToLong(value).sum();
    }

    private static int occurrences(byte[] bytes, byte value) {
        int found = 0;
        for (byte one : bytes) {
            if (one == value) {
                found++;
            }
        }
        return found;
    }

    /** Makes the items. */
    @FunctionalInterface
    private interface TaskSource {
        CoreTask task(int producer, int number);
    }

    /** Counts itself. */
    private record Once(byte[] seen, int index) implements CoreTask {

        @Override
        public void run(Worker core) {
            BYTES.getAndAdd(seen, index, (byte) 1);
        }

        @Override
        public void abort(Throwable cause) {
            BYTES.getAndAdd(seen, index, (byte) 64);
        }
    }

    /** Publishes in bursts; what a full ring refused comes again in the next iteration. */
    private static final class Producer implements Runnable {

        private static final int BURST = 200;

        private final HandlerCores cores;
        private final EventLoop loop;
        private final int producer;
        private final int each;
        private final TaskSource source;
        private final CompletableFuture<Long> end = new CompletableFuture<>();
        private int next;
        private long refused;

        Producer(HandlerCores cores, EventLoop loop, int producer, int each, TaskSource source) {
            this.cores = cores;
            this.loop = loop;
            this.producer = producer;
            this.each = each;
            this.source = source;
        }

        @Override
        public void run() {
            int last = Math.min(each, next + BURST);
            while (next < last && cores.dispatch(source.task(producer, next), loop)) {
                next++;
            }
            if (next < last) {
                refused++;
                Thread.yield();
            }
            if (next == each) {
                end.complete(refused);
            } else {
                loop.execute(this);
            }
        }
    }
}
