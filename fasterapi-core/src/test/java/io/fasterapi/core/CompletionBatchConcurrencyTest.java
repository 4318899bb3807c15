package io.fasterapi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CompletionBatchConcurrencyTest {

    private static final int ITEMS = 200;

    private final HandlerCores cores = new HandlerCores(Work.options(1, 512));
    private final HandlerCore core = cores.cores().get(0);
    private final Loops loops = new Loops(2);

    @BeforeEach
    void start() {
        cores.start();
    }

    @AfterEach
    void stop() {
        cores.stop(Duration.ofSeconds(10));
        loops.close();
    }

    @Test
    void whatOneTaskFinishedReturnsAsOneTaskPerLoopInOrder() {
        List<List<Integer>> orders = List.of(new ArrayList<>(), new ArrayList<>());
        AtomicInteger returned = new AtomicInteger();
        core.execute(
                () -> {
                    for (int i = 0; i < ITEMS; i++) {
                        int number = i;
                        List<Integer> order = orders.get(i % 2);
                        new Returning(
                                        loops.get(i % 2),
                                        () -> {
                                            order.add(number);
                                            returned.incrementAndGet();
                                        })
                                .returnToLoop();
                    }
                });
        await().untilAtomic(returned, org.hamcrest.Matchers.is(ITEMS));

        assertThat(core.counters().completionBatches()).isEqualTo(2);
        for (int i = 0; i < 2; i++) {
            int first = i;
            assertThat(orders.get(i))
                    .isEqualTo(
                            IntStream.range(0, ITEMS / 2).map(n -> 2 * n + first).boxed().toList());
        }
    }

    /** A batch also ends when it has taken long, so the number of batches says how many tasks. */
    @Test
    void whatOneBatchFinishedReturnsAsOneTaskPerLoop() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        core.execute(() -> Work.awaitQuietly(held)); // no item
        AtomicInteger returned = new AtomicInteger();
        for (int i = 0; i < ITEMS; i++) {
            Returning item = new Returning(loops.get(i % 2), returned::incrementAndGet);
            assertThat(loops.dispatch(cores, new Work(item::returnToLoop))).isTrue();
        }
        held.countDown();
        await().untilAtomic(returned, org.hamcrest.Matchers.is(ITEMS));
        long batches = core.counters().batches();

        assertThat(batches).isLessThan(ITEMS);
        // after a pause the next few items are handed back one by one
        assertThat(core.counters().completionBatches()).isBetween(batches, 2 * batches + ITEMS / 8);
    }

    @Test
    void anItemReturnedTwiceWhileItIsOnItsWayRunsOnceWithTheLastState() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        loops.get(0).execute(() -> Work.awaitQuietly(busy));
        ReturningState state = new ReturningState(loops.get(0));
        core.execute(
                () -> {
                    state.change(1);
                    state.change(2);
                });
        core.execute(() -> state.change(3));
        await().until(() -> core.counters().continuations() == 2);
        busy.countDown();
        await().until(() -> state.seen == 3);
        loops.call(0, () -> "everything before has run");

        assertThat(state.runs).hasValue(1);
    }

    @Test
    void anItemReturnedAgainFromItsOwnRunRunsAgain() {
        AtomicInteger runs = new AtomicInteger();
        Returning[] self = new Returning[1];
        self[0] =
                new Returning(
                        loops.get(0),
                        () -> {
                            if (runs.incrementAndGet() < 3) {
                                self[0].returnToLoop();
                            }
                        });
        core.execute(self[0]::returnToLoop);

        await().untilAtomic(runs, org.hamcrest.Matchers.is(3));
    }

    @Test
    void theLastStateIsSeenHoweverOftenItIsReturned() {
        ReturningState state = new ReturningState(loops.get(0));
        for (int i = 1; i <= 50_000; i++) {
            int value = i;
            core.execute(() -> state.change(value));
        }

        await().until(() -> state.seen == 50_000);
        assertThat(state.runs.get()).isPositive().isLessThanOrEqualTo(50_000);
    }

    @Test
    void returnsAtOnceOnItsOwnLoopAndByATaskFromAnyOtherThread() throws Exception {
        ReturningState state = new ReturningState(loops.get(0));
        int seenAtOnce =
                loops.call(
                        0,
                        () -> {
                            state.change(1);
                            return state.seen;
                        });
        assertThat(seenAtOnce).isEqualTo(1);
        state.change(2);
        await().until(() -> state.seen == 2);
        loops.call(
                1,
                () -> {
                    state.change(3);
                    return null;
                });
        await().until(() -> state.seen == 3);

        assertThat(state.strayed).hasValue(0);
        assertThat(core.counters().completionBatches()).isZero();
    }

    @Test
    void anItemThatFailsDoesNotLoseItsNeighbours() {
        AtomicInteger returned = new AtomicInteger();
        core.execute(
                () -> {
                    new Returning(loops.get(0), returned::incrementAndGet).returnToLoop();
                    new Returning(
                                    loops.get(0),
                                    () -> {
                                        throw new AssertionError("must not throw, but does");
                                    })
                            .returnToLoop();
                    new Returning(loops.get(0), returned::incrementAndGet).returnToLoop();
                });

        await().untilAtomic(returned, org.hamcrest.Matchers.is(2));
    }

    @Test
    void itemsOfALoopThatEndedAreRunAnyway() {
        Loops ended = new Loops(1);
        EventLoop loop = ended.get(0);
        ended.close();
        AtomicInteger returned = new AtomicInteger();
        core.execute(() -> new Returning(loop, returned::incrementAndGet).returnToLoop());

        await().untilAtomic(returned, org.hamcrest.Matchers.is(1));
    }

    @Test
    void aCoreTakesNoAnswerOfAnotherThread() {
        CompletionBatch completionBatch = core.completionBatch();
        Returning item = new Returning(loops.get(0), () -> {});

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> completionBatch.add(item))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("accessed by a foreign thread");
    }
}
