package io.fasterapi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.placement.Placement;
import io.fasterapi.placement.Placements;
import io.fasterapi.placement.RoutePlacement;
import io.fasterapi.test.Faults;
import io.fasterapi.test.HandOver;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One fault at each hand-over of cores and workers: nothing is lost, every thread lives on. */
class CoreChaosTest {

    private static final int PIECES = 60;

    private static final List<Supplier<Throwable>> KINDS =
            List.of(
                    () -> new OutOfMemoryError("injected"),
                    () -> new StackOverflowError("injected"),
                    () -> new IllegalStateException("injected"));

    private final Faults faults = new Faults();
    private final HandlerCores cores =
            new HandlerCores(
                    new CoreOptions(
                            2,
                            128,
                            WaitMode.PARK,
                            false,
                            "faulty-core-",
                            new QueueTimeLimit(Duration.ofMillis(1))));
    private final Loops loops = new Loops(1);
    private final FaultyLoop home = new FaultyLoop();
    private final ThreadWorkers threads = new ThreadWorkers(this::execute, () -> {});
    private final RoutePlacement route = Placements.of(Placement.AUTO).of("GET", "/piece", null);
    private final List<Piece> pieces = new ArrayList<>();
    private final List<Piece> reportedBack = new ArrayList<>();

    static Stream<Arguments> faults() {
        return Stream.of(
                        HandOver.LOOP,
                        HandOver.LOOP_TAKEN,
                        HandOver.EXECUTOR,
                        HandOver.EXECUTOR_TAKEN,
                        HandOver.TASK_ROUTE,
                        HandOver.TASK_RUN,
                        HandOver.TASK_GIVE_UP,
                        HandOver.TASK_ORDERED,
                        HandOver.TASK_PLACEMENT,
                        HandOver.TASK_ESSENTIAL,
                        HandOver.TASK_ABORT,
                        HandOver.CONTINUATION,
                        HandOver.ON_LOOP,
                        HandOver.QUESTION)
                .flatMap(point -> KINDS.stream().map(kind -> Arguments.of(point, kind)));
    }

    @AfterEach
    void stop() {
        cores.stop(Duration.ofSeconds(10));
        loops.close();
        home.shutdownGracefully(0, 10, java.util.concurrent.TimeUnit.SECONDS).syncUninterruptibly();
    }

    private void execute(Runnable task) {
        faults.at(HandOver.EXECUTOR);
        new Thread(task, "faulty-thread").start();
        faults.at(HandOver.EXECUTOR_TAKEN);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void nothingIsLostAndEveryThreadLivesOn(HandOver point, Supplier<Throwable> kind)
            throws Exception {
        cores.start();
        warmUp();
        Set<Thread> before = threads();
        faults.arm(point, point == HandOver.TASK_ABORT ? 0 : 3, kind);
        Work.Hold hold = new Work.Hold(); // the others wait for too long meanwhile
        loops.call(0, () -> cores.dispatchTo(cores.cores().get(0), hold, loops.get(0)));
        hold.awaitEntered();
        for (int i = 0; i < PIECES; i++) {
            Piece piece = new Piece(i, point == HandOver.TASK_ABORT);
            if (i % 2 == 0) {
                HandlerCore core = cores.cores().get(0);
                assertThat(loops.call(0, () -> cores.dispatchTo(core, piece, loops.get(0))))
                        .isTrue();
                pieces.add(piece);
            } else if (threads.dispatch(piece)) {
                pieces.add(piece);
            } else {
                assertThat(point).isIn(HandOver.EXECUTOR, HandOver.EXECUTOR_TAKEN);
                reportedBack.add(piece);
            }
        }
        cores.rescue();
        hold.release();
        ask(point);

        await().untilAsserted(() -> assertThat(pieces).allMatch(piece -> piece.ends.get() > 0));
        await().until(() -> threads.running() == 0 && cores.cores().stream().allMatch(this::idle));
        await().until(() -> home.pendingTasks() == 0);
        assertThat(faults.fired()).isEqualTo(1);
        assertThat(pieces).allMatch(piece -> piece.ends.get() == 1);
        assertThat(reportedBack).hasSize(PIECES - pieces.size()).hasSizeLessThanOrEqualTo(1);
        assertThat(reportedBack).allMatch(piece -> piece.ends.get() == 0);
        assertThat(threads()).isEqualTo(before);
    }

    /** Until then cores give nothing up. */
    private void warmUp() throws Exception {
        HandlerCore core = cores.cores().get(0);
        for (int i = 0; i < 1_001; i++) {
            while (!loops.call(0, () -> cores.dispatchTo(core, new Work(), loops.get(0)))) {
                Thread.onSpinWait();
            }
        }
        await().until(() -> core.counters().taken() >= 1_001);
    }

    private void ask(HandOver point) {
        CompletableFuture<List<Integer>> asked = new CompletableFuture<>();
        for (int i = 0; i < 4; i++) {
            asked =
                    cores.gather(
                            () -> {
                                faults.at(HandOver.QUESTION);
                                return 1;
                            });
            CompletableFuture<List<Integer>> each = asked;
            await().until(each::isDone);
        }
        if (point != HandOver.QUESTION) {
            assertThat(asked.join()).containsExactly(1, 1);
        }
    }

    private boolean idle(HandlerCore core) {
        return core.isRunning() && core.queue().isEmpty() && core.depth() == 0;
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("faulty-core-"))
                .collect(Collectors.toSet());
    }

    /** Fails as it is told. */
    private final class FaultyLoop extends DefaultEventLoop {

        @Override
        public void execute(Runnable task) {
            boolean counts =
                    !inEventLoop() && task.getClass().getName().startsWith("io.fasterapi.core.");
            if (counts) {
                faults.at(HandOver.LOOP);
            }
            super.execute(task);
            if (counts) {
                faults.at(HandOver.LOOP_TAKEN);
            }
        }
    }

    /** Runs, goes on later, returns to its loop, and has ended there; or is aborted. */
    private final class Piece extends LoopReturn implements CoreTask {

        private final AtomicInteger ends = new AtomicInteger();
        private final AtomicInteger aborts = new AtomicInteger();
        private final int number;
        private final boolean fails;
        private volatile boolean over;

        Piece(int number, boolean fails) {
            super((EventLoop) home);
            this.number = number;
            this.fails = fails;
        }

        @Override
        public Object route() {
            faults.at(HandOver.TASK_ROUTE);
            return "piece";
        }

        @Override
        public boolean isOrdered() {
            faults.at(HandOver.TASK_ORDERED);
            return number % 4 == 0;
        }

        @Override
        public RoutePlacement placement() {
            faults.at(HandOver.TASK_PLACEMENT);
            return route;
        }

        @Override
        public boolean isEssential() {
            faults.at(HandOver.TASK_ESSENTIAL);
            return false;
        }

        @Override
        public boolean giveUp() {
            faults.at(HandOver.TASK_GIVE_UP);
            if (number % 8 == 0) {
                return false;
            }
            over = true;
            returnToLoop();
            return true;
        }

        @Override
        public void run(Worker worker) {
            faults.at(HandOver.TASK_RUN);
            if (worker instanceof HandlerCore) {
                Work.spin(1_000_000); // so that the rest is too much
            }
            if (fails) {
                throw new IllegalStateException("to be aborted");
            }
            worker.execute(
                    () -> {
                        over = true;
                        returnToLoop();
                        faults.at(HandOver.CONTINUATION);
                    });
        }

        @Override
        public void abort(Throwable cause) {
            assertThat(aborts.incrementAndGet()).isEqualTo(1);
            over = true;
            returnToLoop();
            faults.at(HandOver.TASK_ABORT);
        }

        @Override
        protected void onLoop() {
            if (over) {
                over = false;
                ends.incrementAndGet();
                faults.at(HandOver.ON_LOOP);
            }
        }
    }
}
