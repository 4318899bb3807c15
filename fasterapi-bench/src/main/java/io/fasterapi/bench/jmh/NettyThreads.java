package io.fasterapi.bench.jmh;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs benchmarks on threads like those of event loops and handler cores. Chosen by JMH's system
 * properties {@code jmh.executor} and {@code jmh.executor.class}.
 */
public final class NettyThreads extends ThreadPoolExecutor {

    public static final String CUSTOM = "-Djmh.executor=CUSTOM";
    public static final String CLASS = "-Djmh.executor.class=io.fasterapi.bench.jmh.NettyThreads";

    /** Creates the executor; called by JMH. */
    public NettyThreads(int threads, String prefix) {
        super(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DefaultThreadFactory(prefix, true));
    }
}
