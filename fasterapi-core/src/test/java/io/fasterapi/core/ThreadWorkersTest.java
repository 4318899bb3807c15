package io.fasterapi.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Whether work is taken or reported back, whatever its executor does. */
class ThreadWorkersTest {

    private static ThreadWorkers workers(Executor executor) {
        return new ThreadWorkers(executor, () -> {});
    }

    @Test
    void whatNoThreadTakesIsReportedBack() {
        for (Throwable why :
                new Throwable[] {
                    new RejectedExecutionException("full"),
                    new OutOfMemoryError("unable to create native thread"),
                    new IllegalStateException("closed")
                }) {
            ThreadWorkers workers =
                    workers(
                            task -> {
                                sneak(why);
                            });
            Work work = new Work();
            assertThat(workers.dispatch(work)).isFalse();
            assertThat(work.runs).hasValue(0);
            assertThat(work.aborts).isEmpty();
            assertThat(workers.rejected()).isEqualTo(1);
            assertThat(workers.running()).isZero();
        }
    }

    @Test
    void whatAFailingExecutorHasTakenAllTheSameIsNoneOfThose() {
        ThreadWorkers workers =
                workers(
                        task -> {
                            task.run();
                            throw new OutOfMemoryError("injected");
                        });
        Work work = new Work();
        assertThat(workers.dispatch(work)).isTrue();
        assertThat(work.runs).hasValue(1);
        assertThat(workers.rejected()).isZero();
        assertThat(workers.running()).isZero();
    }

    @Test
    void workThatFailsAndCannotBeAbortedEndsNothing() {
        ThreadWorkers workers = workers(Runnable::run);
        Work work =
                new Work(
                        () -> {
                            throw new StackOverflowError("injected");
                        }) {
                    @Override
                    public void abort(Throwable cause) {
                        super.abort(cause);
                        throw new NoClassDefFoundError("injected");
                    }
                };
        assertThat(workers.dispatch(work)).isTrue();
        assertThat(work.aborts).hasSize(1);
        assertThat(workers.running()).isZero();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable failure) throws T {
        throw (T) failure;
    }

    /** What others may block for is never refused. */
    @Test
    void whatWasAdmittedIsRunThoughNoThreadIsToBeHad() {
        ThreadWorkers none =
                new ThreadWorkers(
                        task -> {
                            throw new RejectedExecutionException("full");
                        },
                        () -> {});
        CompletableFuture<Thread> ran = new CompletableFuture<>();
        none.execute(() -> ran.complete(Thread.currentThread()));
        assertThat(ran).succeedsWithin(Duration.ofSeconds(20)).isNotSameAs(Thread.currentThread());
        assertThat(none.running()).isZero();
    }
}
