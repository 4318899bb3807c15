package io.fasterapi.pool;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** One thread of the kind that event loops and handler cores are. */
final class NettyThread implements AutoCloseable {

    private final ExecutorService executor =
            Executors.newSingleThreadExecutor(new DefaultThreadFactory("pool-test", true));
    private final Thread thread = call(Thread::currentThread);

    <V> V call(Callable<V> action) {
        try {
            return executor.submit(action).get(20, TimeUnit.SECONDS);
        } catch (ExecutionException ex) {
            if (ex.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(ex.getCause());
        } catch (Exception ex) {
            throw new AssertionError(ex);
        }
    }

    void run(Runnable action) {
        call(
                () -> {
                    action.run();
                    return true;
                });
    }

    /** Ends the thread and waits for it. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            thread.join(20_000);
        } catch (InterruptedException ex) {
            throw new AssertionError(ex);
        }
        if (thread.isAlive()) {
            throw new AssertionError("thread: running (expected: ended)");
        }
    }
}
