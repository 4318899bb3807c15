package io.fasterapi.core;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Daemon threads that end after 60 idle seconds. Continuations have threads of their own, because
 * all threads of the first kind may block until their continuations have run. Thread-safe.
 *
 * @param first runs the exchanges; its users limit their number
 * @param later runs their continuations, on as many threads
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
                        new LinkedBlockingQueue<>(), // each exchange is in it at most once
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

    /** Starts no more threads. Running ones finish their work. */
    void close() {
        first.shutdown();
        later.shutdown();
    }
}
