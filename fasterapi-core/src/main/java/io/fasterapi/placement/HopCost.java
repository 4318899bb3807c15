package io.fasterapi.placement;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;

/** Measures what it costs on this host to hand work to another thread that sleeps. Stateless. */
public final class HopCost {

    /*
     * Both threads rest between two samples. A thread that has just gone to sleep wakes up for
     * about a third of the cost, and that is not what a single request meets.
     */
    private static final int WARM_UP = 16;
    private static final int SAMPLES = 65;
    private static final long REST_MILLIS = 2;

    private HopCost() {}

    /**
     * Measures on a new thread, which ends early if it is interrupted.
     *
     * @param executor runs tasks on the other thread
     * @param nanos receives {@linkplain #nanos the result}
     */
    public static Thread measure(Executor executor, LongConsumer nanos) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                nanos.accept(nanos(executor));
                            } catch (InterruptedException stopped) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "fasterapi-calibration");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /**
     * Returns the median time of one thread change at rest: half of the time there and back.
     *
     * @param executor runs tasks on the other thread
     * @return nanoseconds
     * @throws InterruptedException if the calling thread is interrupted
     */
    public static long nanos(Executor executor) throws InterruptedException {
        long[] samples = new long[SAMPLES];
        for (int i = -WARM_UP; i < SAMPLES; i++) {
            Thread.sleep(REST_MILLIS);
            CountDownLatch back = new CountDownLatch(1);
            long begun = System.nanoTime();
            executor.execute(back::countDown);
            back.await();
            if (i >= 0) {
                samples[i] = (System.nanoTime() - begun) / 2;
            }
        }
        Arrays.sort(samples);
        return samples[SAMPLES / 2];
    }
}
