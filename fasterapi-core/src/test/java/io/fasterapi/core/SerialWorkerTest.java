package io.fasterapi.core;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SerialWorkerTest {

    @ParameterizedTest
    @ValueSource(classes = {RejectedExecutionException.class, OutOfMemoryError.class})
    void continuationsRunThoughThereIsNoThreadForThem(Class<? extends Throwable> why)
            throws Exception {
        CountDownLatch ran = new CountDownLatch(3);
        SerialWorker worker =
                new SerialWorker(
                        task -> {
                            throw sneaky(why);
                        });
        for (int i = 0; i < 3; i++) {
            worker.execute(ran::countDown);
        }
        assertThat(ran.await(20, SECONDS)).isTrue();
    }

    /** Where no thread is to be had anywhere, whoever gives them runs them. */
    @Test
    void continuationsRunThoughNobodyTakesThem() {
        List<Integer> ran = new ArrayList<>();
        Executor none =
                task -> {
                    throw new RejectedExecutionException("no thread");
                };
        SerialWorker worker = new SerialWorker(none, none);
        worker.execute(
                () -> {
                    ran.add(1);
                    worker.execute(() -> ran.add(2));
                });
        worker.execute(() -> ran.add(3));
        assertThat(ran).containsExactly(1, 2, 3);
        assertThat(worker.isCurrent()).isFalse();
    }

    @Test
    void anExecutorThatFailsAfterItTookATaskRunsItOnce() {
        List<Integer> ran = new ArrayList<>();
        SerialWorker worker =
                new SerialWorker(
                        task -> {
                            task.run();
                            throw new OutOfMemoryError("injected");
                        },
                        Runnable::run);
        assertThat(worker.start(() -> ran.add(0))).isTrue();
        for (int i = 1; i <= 3; i++) {
            int number = i;
            worker.execute(() -> ran.add(number));
        }
        assertThat(ran).containsExactly(0, 1, 2, 3);
    }

    @Test
    void aFirstTaskThatWasNotTakenIsNeverRun() {
        List<Runnable> late = new ArrayList<>();
        SerialWorker worker =
                new SerialWorker(
                        task -> {
                            late.add(task);
                            throw new OutOfMemoryError("injected");
                        });
        assertThat(worker.start(() -> late.add(null))).isFalse();
        late.get(0).run(); // the executor has kept it all the same
        assertThat(late).hasSize(1);
    }

    @Test
    void failedContinuationsEndNothing() throws Exception {
        CountDownLatch ran = new CountDownLatch(1);
        SerialWorker worker = new SerialWorker(task -> new Thread(task).start());
        worker.execute(
                () -> {
                    throw new AssertionError("expected");
                });
        worker.execute(ran::countDown);
        assertThat(ran.await(20, SECONDS)).isTrue();
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X sneaky(Class<? extends Throwable> type) throws X {
        try {
            throw (X) type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException ex) {
            throw new AssertionError(ex);
        }
    }
}
