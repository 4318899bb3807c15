package io.fasterapi.core;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Tasks that remember what became of them. Any thread. */
class Work implements CoreTask {

    /** What a task does on the core. */
    @FunctionalInterface
    interface Body {
        void run() throws Throwable;
    }

    final AtomicInteger runs = new AtomicInteger();
    final List<Throwable> aborts = new CopyOnWriteArrayList<>();
    volatile String thread = "";
    private final Body body;

    Work() {
        this(() -> {});
    }

    Work(Body body) {
        this.body = body;
    }

    @Override
    public void run(Worker core) throws Exception {
        runs.incrementAndGet();
        thread = Thread.currentThread().getName();
        try {
            body.run();
        } catch (Exception | Error ex) {
            throw ex;
        } catch (Throwable ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Override
    public void abort(Throwable cause) {
        aborts.add(cause);
    }

    /** Occupies a core until it is let go. */
    static final class Hold extends Work {

        private final CountDownLatch entered;
        private final CountDownLatch release;

        Hold() {
            this(new CountDownLatch(1), new CountDownLatch(1));
        }

        private Hold(CountDownLatch entered, CountDownLatch release) {
            super(
                    () -> {
                        entered.countDown();
                        release.await();
                    });
            this.entered = entered;
            this.release = release;
        }

        void awaitEntered() throws InterruptedException {
            entered.await();
        }

        void release() {
            release.countDown();
        }
    }

    /** Waits, but not for ever; false if that was in vain. */
    static boolean awaitQuietly(CountDownLatch latch) {
        try {
            return latch.await(30, SECONDS);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Keeps the CPU busy. */
    static void spin(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    /** Has a core serve so many that its code counts as compiled; nothing else may run there. */
    static void warm(HandlerCore core) {
        int items = 1_000;
        for (int i = 0; i < items; i++) {
            while (!core.publish(new Work())) {
                Thread.onSpinWait();
            }
            core.wake();
        }
        await().until(() -> core.counters().taken() == items);
    }

    /** Returns options for a test. */
    static CoreOptions options(int count, int ringSize) {
        return new CoreOptions(count, ringSize, WaitMode.PARK, false, "test-core-");
    }
}
