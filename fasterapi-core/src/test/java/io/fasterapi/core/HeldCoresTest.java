package io.fasterapi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.placement.Placement;
import io.fasterapi.placement.Placements;
import io.fasterapi.placement.RoutePlacement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of work behind a call that waits, while that waits. The looks are the test's. */
class HeldCoresTest {

    private final Placements placements = Placements.of(Placement.AUTO);
    private final RoutePlacement blocking = placements.of("GET", "/blocking", null);
    private final RoutePlacement other = placements.of("GET", "/other", null);
    private final Queue<String> order = new ConcurrentLinkedQueue<>();
    private final List<Routed> held = new ArrayList<>();
    private final ThreadWorkers threads =
            new ThreadWorkers(task -> new Thread(task, "own-thread").start(), () -> {});
    private HandlerCores cores = new HandlerCores(Work.options(1, 64));

    @AfterEach
    void stop() {
        held.forEach(each -> each.hold.release());
        cores.stop(Duration.ofSeconds(10));
    }

    private void start(int count) {
        cores = new HandlerCores(Work.options(count, 64));
        cores.useThreads(threads);
        cores.start();
    }

    private HandlerCore core(int index) {
        return cores.cores().get(index);
    }

    private <T extends CoreTask> T publish(int index, T task) {
        assertThat(core(index).publish(task)).isTrue();
        core(index).wake();
        return task;
    }

    private void hold(int index, RoutePlacement placement) throws InterruptedException {
        Routed routed = publish(index, new Routed(placement, new Work.Hold()));
        held.add(routed);
        routed.hold.awaitEntered();
    }

    private boolean looksUntilRun(Routed task) {
        cores.rescue();
        return task.runs() == 1;
    }

    /** One call is enough: no route has moved. */
    @Test
    void whatMayRunOnAThreadDoesNotWaitBehindACallThatWaits() throws Exception {
        start(1);
        hold(0, blocking);
        Routed moves = publish(0, new Routed(other));
        Routed fixed = publish(0, new Routed(RoutePlacement.fixed("GET /core", Placement.CORE)));
        Work unknown = publish(0, new Work());

        await().until(() -> looksUntilRun(moves));
        assertThat(moves.thread).isEqualTo("own-thread");
        Routed next = publish(0, new Routed(other));
        await().until(() -> looksUntilRun(next));
        assertThat(core(0).counters().moved()).isEqualTo(2);
        assertThat(threads.started()).isEqualTo(2);
        assertThat(fixed.runs() + unknown.runs.get()).isZero();
        assertThat(blocking.now()).isEqualTo(Placement.CORE);

        held.get(0).hold.release();
        await().until(() -> fixed.runs() + unknown.runs.get() == 2);
        assertThat(fixed.thread).isEqualTo("test-core-0");
    }

    @Test
    void theSecondCallThatWaitsMovesItsRouteWhileBothWait() throws Exception {
        start(2);
        hold(0, blocking);
        hold(1, blocking);
        await().until(
                        () -> {
                            cores.rescue();
                            return blocking.now() == Placement.VIRTUAL;
                        });
        assertThat(held).allMatch(each -> each.hold.runs.get() == 1);
        assertThat(placements.lastMoves()).hasSize(1);
    }

    /** One call is one, however long it waits. */
    @Test
    void aCallThatWaitsCountsOnce() throws Exception {
        start(1);
        hold(0, blocking);
        Routed moves = publish(0, new Routed(other));
        await().until(() -> looksUntilRun(moves)); // it was seen
        for (int i = 0; i < 1_000; i++) {
            cores.rescue();
        }
        assertThat(blocking.now()).isEqualTo(Placement.CORE);
    }

    /** The route has moved, the core is at something that does not wait. */
    @Test
    void whatBelongsToARouteThatHasMovedGoesWithIt() throws Exception {
        start(1);
        Work.Hold hold = publish(0, new Work.Hold());
        hold.awaitEntered();
        Routed stays = publish(0, new Routed(RoutePlacement.fixed("GET /core", Placement.CORE)));
        Routed first = publish(0, new Routed(blocking));
        Routed second = publish(0, new Routed(blocking));
        Routed ordered =
                publish(
                        0,
                        new Routed(blocking) {
                            @Override
                            public boolean isOrdered() {
                                return true;
                            }
                        });
        blocking.waits(1);
        blocking.waits(1);
        assertThat(blocking.now()).isEqualTo(Placement.VIRTUAL);

        hold.release(); // and nobody looks
        await().until(() -> stays.runs() + first.runs() + second.runs() + ordered.runs() == 4);
        assertThat(first.thread).isEqualTo("own-thread");
        assertThat(second.thread).isEqualTo("own-thread");
        assertThat(stays.thread).isEqualTo("test-core-0");
        assertThat(ordered.thread).isEqualTo("test-core-0");
        assertThat(core(0).counters().moved()).isEqualTo(2);
    }

    @Test
    void whatIsOrderedStaysAndKeepsItsOrder() throws Exception {
        start(1);
        hold(0, blocking);
        List<Routed> ordered = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            ordered.add(
                    publish(
                            0,
                            new Routed(other, new Work(() -> order.add("item " + number))) {
                                @Override
                                public boolean isOrdered() {
                                    return true;
                                }
                            }));
        }
        Routed moves = publish(0, new Routed(other));
        await().until(() -> looksUntilRun(moves));
        assertThat(order).isEmpty();

        held.get(0).hold.release();
        await().until(() -> order.size() == 5);
        assertThat(order).containsExactly("item 0", "item 1", "item 2", "item 3", "item 4");
        assertThat(ordered).allMatch(each -> each.thread.equals("test-core-0"));
    }

    @Test
    void behindACallThatComputesNothingMoves() throws Exception {
        start(1);
        boolean[] computes = {true};
        Work spinning =
                new Work(
                        () -> {
                            while (computes(computes)) {
                                Thread.onSpinWait();
                            }
                        });
        publish(0, new Routed(blocking, spinning));
        await().until(() -> spinning.runs.get() == 1);
        Routed stays = publish(0, new Routed(other));
        for (int i = 0; i < 1_000; i++) {
            cores.rescue();
        }
        assertThat(stays.runs()).isZero();
        assertThat(core(0).counters().moved()).isZero();
        synchronized (computes) {
            computes[0] = false;
        }
        await().until(() -> stays.runs() == 1);
        assertThat(stays.thread).isEqualTo("test-core-0");
    }

    private static boolean computes(boolean[] flag) {
        synchronized (flag) {
            return flag[0];
        }
    }

    /** As many as may wait for a thread do; the rest stays with the core. */
    @Test
    void noMoreMovesThanThreadsHaveRoomFor() throws Exception {
        cores = new HandlerCores(Work.options(1, 64));
        try (ThreadWorkers few =
                ThreadWorkers.platform(
                        new ThreadOptions(1, 2, QueueTimeLimit.none()), new PauseDetector())) {
            cores.useThreads(few);
            cores.start();
            Work.Hold thread = new Work.Hold();
            few.dispatch(thread);
            thread.awaitEntered();
            hold(0, blocking);
            List<Routed> all = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                all.add(publish(0, new Routed(other)));
            }
            await().until(
                            () -> {
                                cores.rescue();
                                return few.waiting() == 2;
                            });
            cores.rescue();
            assertThat(few.waiting()).isEqualTo(2);
            assertThat(core(0).counters().moved()).isEqualTo(2);
            held.get(0).hold.release();
            await().until(() -> all.stream().filter(each -> each.runs() == 1).count() == 3);
            thread.release();
            await().until(() -> all.stream().allMatch(each -> each.runs() == 1));
        }
    }

    @Test
    void whereNoThreadIsToBeHadWhatMovesIsOver() throws Exception {
        cores = new HandlerCores(Work.options(1, 64));
        cores.useThreads(
                new ThreadWorkers(
                        task -> {
                            throw new OutOfMemoryError("unable to create native thread");
                        },
                        () -> {}));
        cores.start();
        blocking.waits(1);
        blocking.waits(1);
        Routed given =
                publish(
                        0,
                        new Routed(blocking) {
                            @Override
                            public boolean giveUp() {
                                order.add("given up");
                                return true;
                            }
                        });
        Routed kept = publish(0, new Routed(blocking));
        Routed stays = publish(0, new Routed(other));
        await().until(() -> stays.runs() == 1);
        assertThat(order).containsExactly("given up");
        assertThat(kept.work.aborts).hasSize(1);
        assertThat(given.runs() + kept.runs() + given.work.aborts.size()).isZero();
        assertThat(core(0).counters().moved()).isZero();
    }

    /** Work of a route. */
    private static class Routed implements CoreTask {

        final Work.Hold hold;
        final Work work;
        private final RoutePlacement placement;
        volatile String thread = "";

        Routed(RoutePlacement placement) {
            this(placement, new Work());
        }

        Routed(RoutePlacement placement, Work work) {
            this.placement = placement;
            this.work = work;
            this.hold = work instanceof Work.Hold holds ? holds : new Work.Hold();
        }

        int runs() {
            return work.runs.get();
        }

        @Override
        public void run(Worker worker) throws Exception {
            thread = Thread.currentThread().getName();
            work.run(worker);
        }

        @Override
        public RoutePlacement placement() {
            return placement;
        }

        @Override
        public void abort(Throwable cause) {
            work.abort(cause);
        }
    }
}
