package io.fasterapi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandlerCoreStopConcurrencyTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Loops loops = new Loops(3);

    @AfterEach
    void closeLoops() {
        loops.close();
    }

    @Test
    void stopRunsWhatWasAcceptedAndRefusesWhatComesLater() throws Exception {
        HandlerCores cores = started(1, 128);
        Work.Hold hold = hold(cores);
        List<Work> accepted = dispatch(cores, 100);
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> cores.stop(LONG));
        Work probe = new Work();
        await().until(() -> !loops.dispatch(cores, probe) || probe.runs.get() > 0);
        hold.release();
        stopped.get(30, TimeUnit.SECONDS);

        assertThat(accepted).allMatch(work -> work.runs.get() == 1 && work.aborts.isEmpty());
        assertThat(hold.aborts).isEmpty();
        assertThat(cores.cores().get(0).isRunning()).isFalse();
        Work late = new Work();
        assertThat(loops.dispatch(cores, late)).isFalse();
        assertThat(late.runs).hasValue(0);
        assertThat(late.aborts).isEmpty();
        assertThat(cores.cores().get(0).counters().rejected()).isEqualTo(2);
    }

    @Test
    void whenTimeIsOverTheTaskThatHangsIsInterruptedAndTheRestAborted() throws Exception {
        HandlerCores cores = started(1, 128);
        Work.Hold hold = hold(cores);
        List<Work> waiting = dispatch(cores, 10);
        cores.stop(Duration.ofMillis(1));
        await().until(() -> !cores.cores().get(0).isRunning());

        assertThat(hold.aborts).singleElement().isInstanceOf(InterruptedException.class);
        for (Work work : waiting) {
            assertThat(work.runs).hasValue(0);
            assertThat(work.aborts)
                    .singleElement()
                    .isInstanceOf(CoreStoppedException.class)
                    .extracting(Throwable::getMessage)
                    .isEqualTo("handler core test-core-0 stopped before it ran the work");
            assertThat(work.aborts.get(0).getStackTrace()).isEmpty();
        }
        assertThat(cores.cores().get(0).remaining()).isEqualTo(128);
    }

    @Test
    void whenTimeIsOverEveryContinuationStillRuns() throws Exception {
        HandlerCores cores = started(1, 8);
        HandlerCore core = cores.cores().get(0);
        hold(cores);
        AtomicInteger runs = new AtomicInteger();
        for (int i = 0; i < 1000; i++) {
            core.execute(runs::incrementAndGet);
        }
        cores.stop(Duration.ofMillis(1));
        await().until(() -> !core.isRunning());

        assertThat(runs).hasValue(1000);
    }

    @Test
    void aStoppedCoreLetsTheCallerRunTheContinuation() {
        HandlerCores cores = started(1, 8);
        cores.stop(LONG);
        AtomicInteger runs = new AtomicInteger();
        cores.execute(cores.cores().get(0), runs::incrementAndGet);

        assertThat(runs).hasValue(1);
    }

    @Test
    void canBeStartedAgainAfterBothKindsOfStop() throws Exception {
        HandlerCores cores = started(2, 8);
        for (int round = 0; round < 20; round++) {
            Work.Hold hold = hold(cores);
            if (round % 2 == 0) {
                hold.release();
                cores.stop(LONG);
            } else {
                cores.stop(Duration.ZERO);
                await().until(() -> cores.cores().stream().noneMatch(HandlerCore::isRunning));
            }
            cores.start();
            Work work = new Work();
            assertThat(loops.dispatch(cores, work)).isTrue();
            await().until(() -> work.runs.get() == 1);
        }
        cores.stop(LONG);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 60_000})
    void publishersThatRaceWithStopLoseNothing(long limitMillis) throws Exception {
        HandlerCores cores = new HandlerCores(Work.options(2, 64));
        Tally tally = new Tally();
        for (int round = 0; round < 200; round++) {
            cores.start();
            CountDownLatch under = new CountDownLatch(3);
            List<CompletableFuture<Void>> producers = new ArrayList<>();
            for (EventLoop loop : loops.all()) {
                producers.add(tally.produce(cores, loop, under));
            }
            under.await();
            cores.stop(Duration.ofMillis(limitMillis));
            for (CompletableFuture<Void> producer : producers) {
                producer.get(30, TimeUnit.SECONDS);
            }
            await().pollInterval(Duration.ofMillis(1))
                    .until(() -> cores.cores().stream().noneMatch(HandlerCore::isRunning));
            await().pollInterval(Duration.ofMillis(1)).until(tally::isBalanced);
        }

        assertThat(tally.accepted.sum()).isGreaterThanOrEqualTo(600);
        assertThat(tally.run.sum() + tally.aborted.sum()).isEqualTo(tally.accepted.sum());
        assertThat(cores.cores()).allMatch(core -> core.depth() == 0);
    }

    @Test
    void aCoreThatEndsJustAsTimeIsOverCanBeStartedAgain() throws Exception {
        HandlerCores cores = new HandlerCores(Work.options(1, 8));
        for (int round = 0; round < 300; round++) {
            cores.start();
            long nanos = 900_000 + round * 1_000;
            Work busy = new Work(() -> Work.spin(nanos));
            loops.dispatch(cores, busy);
            cores.stop(Duration.ZERO);
            await().pollInterval(Duration.ofMillis(1))
                    .until(() -> !cores.cores().get(0).isRunning());
            assertThat(busy.runs.get() + busy.aborts.size()).isEqualTo(1);
        }
    }

    private static HandlerCores started(int count, int ringSize) {
        HandlerCores cores = new HandlerCores(Work.options(count, ringSize));
        cores.start();
        return cores;
    }

    private Work.Hold hold(HandlerCores cores) throws Exception {
        Work.Hold hold = new Work.Hold();
        assertThat(loops.dispatch(cores, hold)).isTrue();
        hold.awaitEntered();
        return hold;
    }

    private List<Work> dispatch(HandlerCores cores, int count) throws Exception {
        List<Work> accepted = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Work work = new Work();
            assertThat(loops.dispatch(cores, work)).isTrue();
            accepted.add(work);
        }
        return accepted;
    }

    /** Counts what was accepted and what became of it. */
    private static final class Tally implements CoreTask {

        private final LongAdder accepted = new LongAdder();
        private final LongAdder run = new LongAdder();
        private final LongAdder aborted = new LongAdder();

        /** Dispatches until the cores run no more. */
        CompletableFuture<Void> produce(HandlerCores cores, EventLoop loop, CountDownLatch under) {
            CompletableFuture<Void> end = new CompletableFuture<>();
            loop.execute(() -> burst(cores, loop, under, end));
            return end;
        }

        private void burst(
                HandlerCores cores,
                EventLoop loop,
                CountDownLatch under,
                CompletableFuture<Void> end) {
            for (int i = 0; i < 20 && cores.dispatch(this, loop); i++) {
                accepted.increment();
            }
            under.countDown();
            if (cores.cores().stream().anyMatch(HandlerCore::isRunning)) {
                loop.execute(() -> burst(cores, loop, under, end));
            } else {
                end.complete(null);
            }
        }

        boolean isBalanced() {
            return run.sum() + aborted.sum() == accepted.sum();
        }

        @Override
        public void run(Worker core) {
            run.increment();
        }

        @Override
        public void abort(Throwable cause) {
            aborted.increment();
        }
    }
}
