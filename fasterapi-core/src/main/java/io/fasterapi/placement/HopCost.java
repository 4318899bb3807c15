package io.fasterapi.placement;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;

/** Measures what it costs on this host to hand work to another thread that sleeps. */
public final class HopCost {

    private static final int WARM_UP = 64;
    private static final int SAMPLES = 65;

    private HopCost() {}

    /**
     * Returns the median time of one hop at rest: half of the way there and back.
     *
     * @param executor runs tasks on the thread to hop to
     * @return nanoseconds
     * @throws InterruptedException if the caller is interrupted meanwhile
     */
    public static long nanos(Executor executor) throws InterruptedException {
        long[] samples = new long[SAMPLES];
        for (int i = -WARM_UP; i < SAMPLES; i++) {
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
