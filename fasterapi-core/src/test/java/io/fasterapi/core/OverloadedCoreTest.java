package io.fasterapi.core;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of work that waits for too long, or behind something that takes long. */
class OverloadedCoreTest {

    /** With that every queue behind an item that took long is overload. */
    private static final Duration LITTLE = Duration.ofNanos(100_000);

    private final Queue<String> events = new ConcurrentLinkedQueue<>();
    private HandlerCores cores = cores(1, LITTLE);

    private static HandlerCores cores(int count, Duration patience) {
        return new HandlerCores(
                new CoreOptions(
                        count,
                        64,
                        WaitMode.PARK,
                        false,
                        "test-core-",
                        new QueueTimeLimit(patience)));
    }

    @AfterEach
    void stop() {
        cores.stop(Duration.ofSeconds(10));
    }

    private HandlerCore core(int index) {
        return cores.cores().get(index);
    }

    private void publish(int core, CoreTask task) {
        assertThat(core(core).publish(task)).isTrue();
        core(core).wake();
    }

    private void warm() {
        cores.start();
        Work.warm(core(0));
    }

    /** Holds a core until something has waited behind it for the given time. */
    private void behindAHeldItem(Duration waiting, CoreTask... tasks) throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        hold(release);
        for (CoreTask task : tasks) {
            publish(0, task);
        }
        passes(waiting);
        release.countDown();
    }

    /** Puts a core to an item that ends when it is released. */
    private void hold(CountDownLatch release) throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        publish(
                0,
                new Named("held") {
                    @Override
                    public void run(Worker worker) throws Exception {
                        held.countDown();
                        release.await();
                    }

                    @Override
                    public boolean giveUp() {
                        return false; // however long the machine lets it wait
                    }
                });
        held.await();
    }

    private static void passes(Duration time) {
        long begun = System.nanoTime();
        await().until(() -> System.nanoTime() - begun > time.toNanos());
    }

    @Test
    void anOverloadedCoreRunsTheNewestFirst() throws Exception {
        warm();
        // Each is taken for an item like the held one, to a part: three are too much.
        behindAHeldItem(Duration.ofMillis(20), new Named("1"), new Named("2"), new Named("3"));
        await().until(() -> events.size() == 3);
        assertThat(events).containsExactly("3", "2", "1");
    }

    @Test
    void anIdleCoreRunsWhatWaitsBehindAStalledItem() throws Exception {
        cores = cores(2, Duration.ofMinutes(1));
        cores.start();
        CountDownLatch release = new CountDownLatch(1);
        hold(release);
        publish(0, new Named("moves"));
        publish(
                0,
                new Named("stays") {
                    @Override
                    public boolean isOrdered() {
                        return true;
                    }
                });
        await().until(
                        () -> {
                            cores.rescue();
                            return events.contains("moves");
                        });
        assertThat(events).doesNotContain("stays");
        assertThat(core(1).counters().taken()).isEqualTo(1);

        release.countDown();
        await().until(() -> events.contains("stays"));
        await().until(() -> core(0).remaining() == core(0).capacity());
        assertThat(core(0).counters().taken()).isEqualTo(2);
    }

    /** It would read what the other core writes for each item, time and again. */
    @Test
    void anIdleCoreLooksAtOthersOnlyOnceTheMonitorHasSeenOneStalled() throws Exception {
        cores = cores(2, Duration.ofMinutes(1));
        cores.start();
        CountDownLatch release = new CountDownLatch(1);
        hold(release);
        publish(0, new Named("moves"));
        await().until(core(0)::isStalled);
        assertThat(rescued()).isFalse();
        assertThat(events).isEmpty();

        cores.rescue();
        await().until(() -> rescued() || events.contains("moves"));
        release.countDown();
        await().until(() -> core(0).depth() == 0);
        cores.rescue();
        assertThat(rescued()).isFalse();
    }

    private boolean rescued() throws Exception {
        CompletableFuture<Boolean> rescued = new CompletableFuture<>();
        core(1).execute(() -> rescued.complete(cores.rescueBy(core(1))));
        return rescued.get(20, SECONDS);
    }

    @Test
    void theAgeOfTheOldestIsKnownInTheRingAndInTheBacklog() throws Exception {
        warm();
        assertThat(core(0).oldestNanos()).isZero();
        CountDownLatch release = new CountDownLatch(1);
        hold(release);
        assertThat(core(0).oldestNanos()).isZero(); // it does not wait
        publish(0, new Named("waits"));
        await().until(() -> core(0).oldestNanos() > 10_000_000);
        assertThat(core(0).depth()).isEqualTo(2);
        CountDownLatch second = new CountDownLatch(1);
        publish(
                0,
                new Named("newest") {
                    @Override
                    public void run(Worker worker) throws Exception {
                        second.await();
                    }
                });
        release.countDown();
        await().until(() -> core(0).remaining() == core(0).capacity() && core(0).depth() == 1);
        assertThat(core(0).isOverloaded()).isTrue();
        assertThat(core(0).oldestNanos()).isGreaterThan(10_000_000);
        second.countDown();
        await().until(() -> core(0).oldestNanos() == 0);
    }

    /** The slots of a batch are freed at its end, so the item itself is among them. */
    @Test
    void anOnlyItemThatTakesLongStallsNobody() throws Exception {
        cores = cores(2, Duration.ofMinutes(1));
        cores.start();
        CountDownLatch release = new CountDownLatch(1);
        hold(release);
        passes(Duration.ofMillis(20));
        assertThat(core(0).isStalled()).isFalse();

        publish(0, new Named("waits"));
        assertThat(core(0).isStalled()).isTrue();
        release.countDown();
    }

    @Test
    void aRescueGivesNothingUp() throws Exception {
        cores = cores(2, LITTLE);
        cores.start();
        Work.warm(core(1));
        CountDownLatch release = new CountDownLatch(1);
        hold(release);
        publish(0, new Named("moves"));
        publish(0, new Named("too"));
        passes(Duration.ofMillis(10));
        await().until(
                        () -> {
                            cores.rescue();
                            return events.size() == 2;
                        });
        assertThat(events).containsExactly("moves", "too");
        assertThat(core(1).isOverloaded()).isFalse();
        release.countDown();
    }

    @Test
    void whatIsInTheBacklogIsAbortedAtTheEnd() throws Exception {
        warm();
        CountDownLatch never = new CountDownLatch(1);
        List<CoreTask> tasks = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            tasks.add(
                    new Named("x") {
                        @Override
                        public void run(Worker worker) throws Exception {
                            never.await();
                        }
                    });
        }
        behindAHeldItem(Duration.ofMillis(20), tasks.toArray(CoreTask[]::new));
        await().until(() -> core(0).isOverloaded()); // one of them is run, the others wait beside
        cores.stop(Duration.ofMillis(50));
        await().until(() -> !core(0).isRunning());

        assertThat(events).hasSize(5).allMatch(event -> event.startsWith("x aborted"));
    }

    /** Writes down what becomes of it. */
    private class Named implements CoreTask {

        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public void run(Worker worker) throws Exception {
            events.add(name);
        }

        @Override
        public boolean giveUp() {
            events.add(name + " given up");
            return true;
        }

        @Override
        public void abort(Throwable cause) {
            events.add(name + " aborted");
        }
    }
}
