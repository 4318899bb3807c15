package io.fasterapi.core;

import io.netty.channel.DefaultEventLoop;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A loop whose queue fails, before or after it takes a task. */
final class FaultyLoop extends DefaultEventLoop implements AutoCloseable {

    private final boolean takesIt;
    private final AtomicInteger faults = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    FaultyLoop(boolean takesIt) {
        this.takesIt = takesIt;
    }

    void failNext(int times) {
        faults.set(times);
    }

    int failed() {
        return failed.get();
    }

    void call(Callable<String> call) throws Exception {
        submit(call).get(30, TimeUnit.SECONDS);
    }

    @Override
    public void execute(Runnable task) {
        if (!inEventLoop() && task.getClass().getName().startsWith("io.fasterapi")) {
            if (faults.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                failed.incrementAndGet();
                if (takesIt) {
                    super.execute(task);
                }
                throw new OutOfMemoryError("injected");
            }
        }
        super.execute(task);
    }

    @Override
    public void close() {
        failNext(0);
        shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
