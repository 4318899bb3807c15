package io.fasterapi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HandlerCoreFailureChaosTest {

    private final HandlerCores cores = new HandlerCores(Work.options(1, 8));
    private final HandlerCore core = cores.cores().get(0);
    private final Loops loops = new Loops(1);

    @BeforeEach
    void start() {
        cores.start();
    }

    @AfterEach
    void stop() {
        cores.stop(Duration.ofSeconds(10));
        loops.close();
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new IllegalStateException("runtime"),
                new IOException("checked"),
                new InterruptedException("interrupted"),
                new AssertionError("error"),
                new StackOverflowError(),
                new OutOfMemoryError("thrown, not real"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatATaskThrowsAbortsThatTaskAlone(Throwable failure) throws Exception {
        Work failing =
                new Work(
                        () -> {
                            throw failure;
                        });
        loops.dispatch(cores, failing);
        Work next = new Work();
        loops.dispatch(cores, next);
        await().until(() -> core.counters().taken() == 2);

        assertThat(failing.runs).hasValue(1);
        assertThat(failing.aborts).containsExactly(failure);
        assertThat(next.runs).hasValue(1);
        assertThat(next.aborts).isEmpty();
        assertThat(next.thread).isEqualTo(failing.thread);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatAbortThrowsEndsThatTaskAlone(Throwable failure) throws Exception {
        Work failing =
                new Work(
                        () -> {
                            throw new IllegalStateException("first");
                        }) {
                    @Override
                    public void abort(Throwable cause) {
                        super.abort(cause);
                        HandlerCoreFailureChaosTest.<RuntimeException>sneak(failure);
                    }
                };
        loops.dispatch(cores, failing);
        Work next = new Work();
        loops.dispatch(cores, next);
        await().until(() -> core.counters().taken() == 2);

        assertThat(failing.aborts).hasSize(1);
        assertThat(next.runs).hasValue(1);
        assertThat(core.isRunning()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatAContinuationThrowsEndsThatContinuationAlone(Throwable failure) {
        core.execute(() -> HandlerCoreFailureChaosTest.<RuntimeException>sneak(failure));
        Work next = new Work();
        core.execute(next.runs::incrementAndGet);
        await().until(() -> core.counters().continuations() == 2);

        assertThat(next.runs).hasValue(1);
        assertThat(core.isRunning()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aThreadThatDiesIsReplacedAndTheCoreServesOn(Throwable failure) throws Exception {
        Work.Hold hold = new Work.Hold();
        loops.dispatch(cores, hold);
        hold.awaitEntered();
        Work waits = new Work();
        loops.dispatch(cores, waits);
        core.rest =
                nanos -> {
                    core.rest = LockSupport::parkNanos;
                    core.beforeRest(() -> false);
                    HandlerCoreFailureChaosTest.<RuntimeException>sneak(failure);
                };
        core.beforeRest(
                () -> {
                    throw new IllegalStateException("so that the next idle round fails");
                });
        hold.release();
        await().until(() -> core.replacements() == 1);
        loops.dispatch(cores, new Work());
        await().until(() -> core.counters().taken() == 3);

        assertThat(waits.runs).hasValue(1);
        assertThat(waits.aborts).isEmpty();
        assertThat(core.isRunning()).isTrue();
        assertThat(core.replacements()).isEqualTo(1);
    }

    @Test
    void failuresDoNotDelayTheRestOfTheBatch() throws Exception {
        Work.Hold hold = new Work.Hold();
        loops.dispatch(cores, hold);
        hold.awaitEntered();
        Work[] all = new Work[6];
        for (int i = 0; i < all.length; i++) {
            boolean fails = i % 2 == 0;
            all[i] =
                    new Work(
                            () -> {
                                if (fails) {
                                    throw new AssertionError("every other");
                                }
                            });
            loops.dispatch(cores, all[i]);
        }
        hold.release();
        await().until(() -> core.counters().taken() == 7);

        for (int i = 0; i < all.length; i++) {
            assertThat(all[i].runs).hasValue(1);
            assertThat(all[i].aborts).hasSize(i % 2 == 0 ? 1 : 0);
        }
    }

    @Test
    void whatFailsBetweenTasksDoesNotEndTheCore() throws Exception {
        EventLoop broken = brokenLoop();
        core.execute(
                () ->
                        core.completionBatch()
                                .add(
                                        new LoopReturn(broken) {
                                            @Override
                                            protected void onLoop() {}
                                        }));
        await().until(() -> core.counters().completionBatches() == 1);
        Work next = new Work();
        assertThat(loops.dispatch(cores, next)).isTrue();
        await().until(() -> next.runs.get() == 1);

        assertThat(core.isRunning()).isTrue();
        assertThat(next.aborts).isEmpty();
    }

    private static EventLoop brokenLoop() {
        return (EventLoop)
                Proxy.newProxyInstance(
                        EventLoop.class.getClassLoader(),
                        new Class<?>[] {EventLoop.class},
                        (proxy, method, arguments) -> {
                            throw new IllegalStateException("a broken loop");
                        });
    }

    @Test
    void whatTheLogThrowsDoesNotEndTheCore() throws Exception {
        Work failing =
                new Work(
                        () -> {
                            throw new IllegalStateException("first");
                        }) {
                    @Override
                    public void abort(Throwable cause) {
                        throw new IllegalStateException("second");
                    }

                    @Override
                    public String toString() {
                        throw new IllegalStateException("third");
                    }
                };
        loops.dispatch(cores, failing);
        Work next = new Work();
        loops.dispatch(cores, next);
        await().until(() -> next.runs.get() == 1);

        assertThat(failing.runs).hasValue(1);
        assertThat(core.counters().taken()).isEqualTo(2);
        assertThat(core.isRunning()).isTrue();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable failure) throws T {
        throw (T) failure;
    }
}
