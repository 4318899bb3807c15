package io.fasterapi.cores;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
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
