package io.fasterapi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

class CoreSchedulerTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final HandlerCores cores = new HandlerCores(Work.options(1, 8));
    private final HandlerCore core = cores.cores().get(0);
    private final Scheduler scheduler = core.scheduler();

    @BeforeEach
    void start() {
        cores.start();
    }

    @AfterEach
    void stop() {
        Schedulers.resetOnScheduleHook("test");
        cores.stop(Duration.ofSeconds(10));
    }

    @Test
    void runsTasksOnTheCoreInTheOrderOfTheirSchedule() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            int number = i;
            scheduler.schedule(() -> order.add(HandlerCore.current() == core ? number : -1));
        }
        await().until(() -> core.counters().continuations() == 1000);

        assertThat(order).isEqualTo(IntStream.range(0, 1000).boxed().toList());
    }

    @Test
    void publishOnKeepsTheOrder() {
        List<Integer> numbers =
                Flux.range(0, 10_000)
                        .publishOn(scheduler)
                        .map(i -> core.isCurrent() ? i : -1)
                        .collectList()
                        .block(LONG);

        assertThat(numbers).isEqualTo(IntStream.range(0, 10_000).boxed().toList());
    }

    @Test
    void aTaskThatIsDisposedBeforeItRunsDoesNotRun() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        occupy(entered, release);
        entered.await();
        AtomicInteger runs = new AtomicInteger();
        Disposable disposed = scheduler.schedule(runs::incrementAndGet);
        scheduler.schedule(() -> runs.addAndGet(100));
        disposed.dispose();
        release.countDown();
        await().until(() -> core.counters().continuations() == 3);

        assertThat(runs).hasValue(100);
        assertThat(disposed.isDisposed()).isTrue();
    }

    @Test
    void runsADelayedTaskOnTheCore() {
        AtomicReference<HandlerCore> where = new AtomicReference<>();
        scheduler.schedule(() -> where.set(HandlerCore.current()), 1, TimeUnit.MILLISECONDS);

        await().untilAtomic(where, org.hamcrest.Matchers.sameInstance(core));
    }

    @Test
    void aDelayedTaskCanBeDisposed() {
        AtomicInteger runs = new AtomicInteger();
        Disposable delayed = scheduler.schedule(runs::incrementAndGet, 1, TimeUnit.HOURS);
        assertThat(delayed.isDisposed()).isFalse();
        delayed.dispose();

        assertThat(delayed.isDisposed()).isTrue();
        assertThat(runs).hasValue(0);
    }

    @Test
    void runsAPeriodicTaskOnTheCoreUntilItIsDisposed() {
        AtomicInteger runs = new AtomicInteger();
        Disposable periodic =
                scheduler.schedulePeriodically(
                        () -> runs.addAndGet(core.isCurrent() ? 1 : -1000),
                        0,
                        1,
                        TimeUnit.MILLISECONDS);
        await().until(() -> runs.get() >= 3);
        periodic.dispose();

        assertThat(periodic.isDisposed()).isTrue();
    }

    @Test
    void aDisposedWorkerRunsNothingMoreAndRefuses() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        occupy(entered, release);
        entered.await();
        AtomicInteger runs = new AtomicInteger();
        Scheduler.Worker worker = scheduler.createWorker();
        worker.schedule(runs::incrementAndGet);
        worker.schedule(runs::incrementAndGet);
        worker.dispose();
        release.countDown();
        await().until(() -> core.counters().continuations() == 3);

        assertThat(runs).hasValue(0);
        assertThat(worker.isDisposed()).isTrue();
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> worker.schedule(runs::incrementAndGet));
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> worker.schedule(runs::incrementAndGet, 1, TimeUnit.HOURS));
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(
                        () ->
                                worker.schedulePeriodically(
                                        runs::incrementAndGet, 1, 1, TimeUnit.HOURS));
    }

    /** A cancelled Flux.interval disposes its worker and nothing else. */
    @Test
    void aDisposedWorkerStopsItsPeriodicTimers() {
        Scheduler.Worker worker = scheduler.createWorker();
        Disposable periodic = worker.schedulePeriodically(() -> {}, 1, 1, TimeUnit.HOURS);
        assertThat(periodic.isDisposed()).isFalse();
        worker.dispose();

        assertThat(periodic.isDisposed()).isTrue();
    }

    /** A cancelled delayElements disposes its worker and nothing else. */
    @Test
    void aDisposedWorkerCancelsItsDelayedTasks() {
        Scheduler.Worker worker = scheduler.createWorker();
        Disposable delayed = worker.schedule(() -> {}, 1, TimeUnit.HOURS);
        assertThat(delayed.isDisposed()).isFalse();
        worker.dispose();

        assertThat(delayed.isDisposed()).isTrue();
    }

    @Test
    void aWorkerKeepsNothingOfADelayedTaskThatIsOver() {
        Scheduler.Worker worker = scheduler.createWorker();
        AtomicInteger runs = new AtomicInteger();
        for (int i = 0; i < 10; i++) {
            worker.schedule(runs::incrementAndGet, 1, TimeUnit.MILLISECONDS);
        }
        await().until(() -> runs.get() == 10);
        worker.schedule(() -> {}, 1, TimeUnit.HOURS).dispose();

        assertThat(worker)
                .extracting("timers")
                .isInstanceOfSatisfying(
                        Disposable.Composite.class, timers -> assertThat(timers.size()).isZero());
    }

    @Test
    void blockOnACoreFails() {
        Mono<Long> blocking =
                Mono.fromCallable(() -> Mono.delay(Duration.ofHours(1)).block())
                        .subscribeOn(scheduler);

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> blocking.block(LONG))
                .withMessageContaining("blocking, which is not supported in thread test-core-0");
    }

    @Test
    void honoursTheScheduleHook() {
        ThreadLocal<String> mark = new ThreadLocal<>();
        Schedulers.onScheduleHook(
                "test",
                task ->
                        () -> {
                            mark.set("decorated");
                            try {
                                task.run();
                            } finally {
                                mark.remove();
                            }
                        });
        List<String> seen = new ArrayList<>();
        Runnable task = () -> seen.add(mark.get());
        scheduler.schedule(task);
        await().until(() -> core.counters().continuations() == 1);
        scheduler.schedule(task, 1, TimeUnit.MILLISECONDS);
        await().until(() -> core.counters().continuations() == 2);
        scheduler.createWorker().schedule(task);
        await().until(() -> core.counters().continuations() == 3);
        Disposable periodic = scheduler.schedulePeriodically(task, 0, 1, TimeUnit.HOURS);
        await().until(() -> core.counters().continuations() == 4);
        periodic.dispose();

        assertThat(seen).hasSize(4).containsOnly("decorated");
    }

    private void occupy(CountDownLatch entered, CountDownLatch release) {
        core.execute(
                () -> {
                    entered.countDown();
                    try {
                        release.await();
                    } catch (InterruptedException ex) {
                        Thread.currentThread().interrupt();
                    }
                });
    }
}
