package io.fasterapi.cores;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Daemon threads that end when they have had nothing to do for a while. What follows on an exchange
 * has threads of its own, since the first ones may all block until it has come.
 *
 * @param first for what comes first; whoever uses them sees to it that they are not too many
 * @param later for what follows, as many
 */
record PlatformThreads(ExecutorService first, ExecutorService later) {

    private static final long IDLE_SECONDS = 60;

    static PlatformThreads of(String prefix, int most) {
        ThreadFactory threads = threads(prefix);
        ThreadPoolExecutor later =
                new ThreadPoolExecutor(
                        most,
                        most,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(), // an exchange is in it once at most
                        threads);
        later.allowCoreThreadTimeOut(true);
        return new PlatformThreads(
                new ThreadPoolExecutor(
                        0,
                        Integer.MAX_VALUE,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        threads),
                later);
    }

    private static ThreadFactory threads(String prefix) {
        AtomicInteger made = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + made.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** No thread starts any more; those at work go on. */
    void close() {
        first.shutdown();
        later.shutdown();
    }
}
