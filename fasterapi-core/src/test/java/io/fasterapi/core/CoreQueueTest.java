package io.fasterapi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How much a core takes at once, and how much may wait beside its ring. */
class CoreQueueTest {

    private static final int MOST_ITEMS = 256;
    private static final long LONGER_THAN_A_BATCH_NANOS = 200_000;
    private static final int SMALL_RING = 64;
    private static final Duration LIMIT = Duration.ofMillis(200);

    private final Queue<String> events = new ConcurrentLinkedQueue<>();
    private HandlerCores cores = new HandlerCores(Work.options(1, 1024));

    @AfterEach
    void stop() {
        cores.stop(Duration.ofSeconds(10));
    }

    private HandlerCore core() {
        return cores.cores().get(0);
    }

    private void publish(CoreTask task) {
        assertThat(core().publish(task)).isTrue();
        core().wake();
    }

    private Work.Hold hold() throws InterruptedException {
        Work.Hold hold = new Work.Hold();
        publish(hold);
        hold.awaitEntered();
        return hold;
    }

    /** Until their code is compiled, so many items take longer than a batch may. */
    @Test
    void aBatchEndsAfterItsItems() throws Exception {
        cores.start();
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> largestOf(4 * MOST_ITEMS - 1) == MOST_ITEMS);
        for (int i = 0; i < 100; i++) {
            assertThat(largestOf(4 * MOST_ITEMS - 1)).isLessThanOrEqualTo(MOST_ITEMS);
        }
    }

    /** Returns how many items were in the largest batch of those that wait behind another. */
    private long largestOf(int items) throws Exception {
        long before = core().counters().taken();
        Work.Hold hold = hold();
        for (int i = 0; i < items; i++) {
            assertThat(core().publish(new Work())).isTrue();
        }
        hold.release();
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> core().counters().taken() == before + items + 1);
        return core().counters().takeMaxBatch();
    }

    @Test
    void aBatchEndsWhenItHasTakenLong() throws Exception {
        cores.start();
        Work.Hold hold = hold();
        for (int i = 0; i < 10; i++) {
            publish(new Work(() -> Work.spin(LONGER_THAN_A_BATCH_NANOS)));
        }
        Work.spin(LONGER_THAN_A_BATCH_NANOS);
        hold.release();
        await().until(() -> core().counters().taken() == 11);

        assertThat(core().counters().batches()).isEqualTo(11);
        assertThat(core().counters().takeMaxBatch()).isOne();
    }

    /** Items that take nothing share readings of the clock; one of the same kind does not. */
    @Test
    void anAnswerIsHandedBackBeforeTheNextItemThatMayTakeLong() throws Exception {
        cores.start();
        CountDownLatch delivered = new CountDownLatch(1);
        CompletableFuture<Boolean> inTime = new CompletableFuture<>();
        try (Loops loops = new Loops(1)) {
            Returning answer = new Returning(loops.get(0), delivered::countDown);
            trivial(20_000); // until that is compiled
            Work.Hold hold = hold();
            trivial(400);
            publish(
                    new Work(
                            () -> {
                                answer.returnToLoop();
                                Work.spin(LONGER_THAN_A_BATCH_NANOS);
                            }));
            publish(new Work(() -> inTime.complete(Work.awaitQuietly(delivered))));
            hold.release();
            assertThat(inTime.get(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private void trivial(int items) {
        for (int i = 0; i < items; i++) {
            while (!core().publish(new Trivial())) {
                core().wake();
                Thread.onSpinWait();
            }
        }
        core().wake();
    }

    private static final class Trivial implements CoreTask {

        @Override
        public void run(Worker worker) {}

        @Override
        public void abort(Throwable cause) {}
    }

    /** Overload has only begun: what is given up is more than a ring holds. */
    @Test
    void noMoreWaitsBesideTheRingThanInOne() throws Exception {
        cores =
                new HandlerCores(
                        new CoreOptions(
                                1,
                                SMALL_RING,
                                WaitMode.PARK,
                                false,
                                "test-core-",
                                new QueueTimeLimit(LIMIT)));
        cores.start();
        Work.warm(core());
        CountDownLatch overloaded = new CountDownLatch(1);
        CountDownLatch refilled = new CountDownLatch(1);
        Work.Hold hold = hold();
        List<String> expected = new ArrayList<>();
        for (int i = 1; i < SMALL_RING - 1; i++) {
            publish(new Named("old " + i));
            expected.add("old " + i + " given up");
        }
        publish(
                new Named("newest") {
                    @Override
                    public void run(Worker worker) throws Exception {
                        overloaded.countDown();
                        refilled.await();
                    }
                });
        long begun = System.nanoTime();
        await().until(() -> System.nanoTime() - begun > 2 * LIMIT.toNanos());
        hold.release();
        overloaded.await(); // all others are in the backlog, and the ring is empty
        assertThat(events).isEmpty();
        assertThat(core().remaining()).isEqualTo(SMALL_RING);
        for (int i = 1; i <= SMALL_RING; i++) {
            publish(new Named("new " + i));
        }
        refilled.countDown();
        await().until(() -> events.size() == SMALL_RING - 2 + SMALL_RING);

        assertThat(events).startsWith(expected.toArray(String[]::new));
        assertThat(events)
                .containsAll(
                        IntStream.rangeClosed(1, SMALL_RING)
                                .mapToObj("new %d"::formatted)
                                .toList());
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
