package io.fasterapi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way back where a loop fails, ends, or waits for nobody. */
class CompletionBatchChaosTest {

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

    /** Whether the queue took the task before it failed, or not: nobody can know. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLoopThatFailsForAWhileGetsEverythingOnceInTheEnd(boolean takesIt) throws Exception {
        try (FaultyLoop loop = new FaultyLoop(takesIt)) {
            List<Integer> order = new CopyOnWriteArrayList<>();
            List<Returning> items = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                int number = i;
                items.add(new Returning(loop, () -> order.add(number)));
            }
            loop.failNext(3);
            AtomicInteger neighbours = new AtomicInteger();
            core.execute(
                    () -> {
                        items.forEach(LoopReturn::returnToLoop);
                        new Returning(loops.get(0), neighbours::incrementAndGet).returnToLoop();
                    });
            await().untilAsserted(() -> assertThat(order).hasSize(5));
            await().untilAtomic(neighbours, org.hamcrest.Matchers.is(1));
            loop.call(() -> "everything before has run");
            assertThat(order).containsExactly(0, 1, 2, 3, 4);
            assertThat(loop.failed()).isGreaterThanOrEqualTo(1);
            loop.failNext(0);

            core.execute(() -> items.forEach(LoopReturn::returnToLoop));
            await().untilAsserted(() -> assertThat(order).hasSize(10));
            assertThat(core.isRunning()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anItemOfAnyOtherThreadReachesALoopThatFailsForAWhile(boolean takesIt) throws Exception {
        try (FaultyLoop loop = new FaultyLoop(takesIt)) {
            loop.failNext(3);
            ReturningState state = new ReturningState(loop);
            state.change(1);
            await().until(() -> state.seen == 1);
            state.change(2);
            await().until(() -> state.seen == 2);
            assertThat(state.strayed).hasValue(0);
        }
    }

    @Test
    void whoeverCannotBeToldIsReportedAndMayComeAgain() throws Exception {
        try (FaultyLoop loop = new FaultyLoop(false)) {
            ReturningState state = new ReturningState(loop);
            loop.failNext(Integer.MAX_VALUE);
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> state.change(1))
                    .isInstanceOf(OutOfMemoryError.class);
            loop.failNext(0);
            state.change(2);
            await().until(() -> state.seen == 2);
        }
    }

    /** The core ends while the loop still fails: then nobody else would release what they hold. */
    @Test
    void whatNoLoopTakesIsRunWhereTheCoreEnds() throws Exception {
        try (FaultyLoop loop = new FaultyLoop(false)) {
            loop.failNext(Integer.MAX_VALUE);
            AtomicInteger returned = new AtomicInteger();
            core.execute(() -> new Returning(loop, returned::incrementAndGet).returnToLoop());
            await().until(() -> loop.failed() > 0);
            cores.stop(Duration.ofSeconds(10));
            await().untilAtomic(returned, org.hamcrest.Matchers.is(1));
            assertThat(core.completionBatch().loops()).isZero();
        }
    }

    /** A loop that fails lastingly does not keep what others finished for ever. */
    @Test
    void whatALoopLastinglyFailsToTakeIsRunByTheCore() throws Exception {
        try (FaultyLoop loop = new FaultyLoop(false)) {
            loop.failNext(Integer.MAX_VALUE);
            AtomicInteger returned = new AtomicInteger();
            Returning[] again = new Returning[1];
            again[0] =
                    new Returning(
                            loop,
                            () -> {
                                if (returned.incrementAndGet() == 1) {
                                    again[0].returnToLoop(); // while the chain is being given up
                                }
                            });
            core.execute(again[0]::returnToLoop);
            await().until(() -> returned.get() >= 1);
            loop.failNext(0);
            await().untilAtomic(returned, org.hamcrest.Matchers.is(2));
            assertThat(loop.failed()).isGreaterThanOrEqualTo(1_000);
        }
    }

    @Test
    void anItemThatCannotSayWhatItIsDoesNotLoseItsNeighbours() {
        AtomicInteger returned = new AtomicInteger();
        core.execute(
                () -> {
                    new Nameless(loops.get(0)).returnToLoop();
                    new Returning(loops.get(0), returned::incrementAndGet).returnToLoop();
                });

        await().untilAtomic(returned, org.hamcrest.Matchers.is(1));
    }

    /** A server that is started again has new loops each time; its cores may stay. */
    @Test
    void loopsThatEndedAreForgotten() throws Exception {
        for (int i = 0; i < 20; i++) {
            Loops more = new Loops(2);
            AtomicInteger returned = new AtomicInteger();
            core.execute(
                    () -> more.all().forEach(loop -> returnTo(loop, returned::incrementAndGet)));
            await().untilAtomic(returned, org.hamcrest.Matchers.is(2));
            more.close();
        }
        await().until(() -> core.counters().continuations() == 20);

        assertThat(core.completionBatch().loops()).isLessThanOrEqualTo(4);
    }

    private static void returnTo(EventLoop loop, Runnable action) {
        new Returning(loop, action).returnToLoop();
    }

    /** Ten are done, and the eleventh is one of those that take long. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsDoneDoesNotWaitBehindAnItemThatTakesLong(boolean known) throws Exception {
        for (int i = 0; i < 200; i++) { // the mean is short
            loops.dispatch(cores, new Named("quick"));
        }
        if (known) {
            loops.dispatch(cores, new Named("slow", () -> Thread.sleep(2)));
            for (int i = 0; i < 10; i++) {
                loops.dispatch(cores, new Named("slow"));
            }
        }
        await().until(() -> core.remaining() == core.capacity());
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(10);
        CountDownLatch goOn = new CountDownLatch(1);
        core.execute(() -> Work.awaitQuietly(held));
        for (int i = 0; i < 10; i++) {
            Returning item = new Returning(loops.get(0), done::countDown);
            loops.dispatch(cores, new Named("quick", item::returnToLoop));
        }
        loops.dispatch(cores, new Named("slow", goOn::await));
        held.countDown();

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        goOn.countDown();
    }

    /** Work of a kind. */
    private static final class Named extends Work {

        private final String name;

        Named(String name) {
            this(name, () -> {});
        }

        Named(String name, Body body) {
            super(body);
            this.name = name;
        }

        @Override
        public Object route() {
            return name;
        }
    }

    /** Fails, and to say what it is. */
    private static final class Nameless extends LoopReturn {

        Nameless(EventLoop loop) {
            super(loop);
        }

        @Override
        protected void onLoop() {
            throw new StackOverflowError("injected");
        }

        @Override
        public String toString() {
            throw new OutOfMemoryError("injected");
        }
    }
}
