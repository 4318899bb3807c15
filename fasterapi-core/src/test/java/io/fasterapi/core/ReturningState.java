package io.fasterapi.core;

import io.netty.channel.EventLoop;
import java.util.concurrent.atomic.AtomicInteger;

/** Something with a state that its loop must see. */
final class ReturningState extends LoopReturn {

    final AtomicInteger runs = new AtomicInteger();

    /** How many of them were not on the loop. */
    final AtomicInteger strayed = new AtomicInteger();

    volatile int seen;
    private volatile int state;

    ReturningState(EventLoop loop) {
        super(loop);
    }

    void change(int value) {
        state = value;
        returnToLoop();
    }

    @Override
    protected void onLoop() {
        seen = state;
        runs.incrementAndGet();
        if (!eventLoop().inEventLoop()) {
            strayed.incrementAndGet();
        }
    }
}
