package io.fasterapi.bench.jcstress;

import io.fasterapi.core.LoopReturn;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;

/** A state of two halves, each changed by one thread, that an event loop must see whole. */
final class Returning extends LoopReturn {

    /** The event loop of a test's virtual machine. */
    static final EventLoop LOOP =
            new MultiThreadIoEventLoopGroup(
                            1,
                            new DefaultThreadFactory("stressed-loop", true),
                            NioIoHandler.newFactory())
                    .next();

    private int low;
    private int high;
    private int seenLow;
    private int seenHigh;
    private int runs;
    private volatile boolean running;

    Returning() {
        super(LOOP);
    }

    void changeLow() {
        low = 1;
        returnToLoop();
    }

    void changeHigh() {
        high = 2;
        returnToLoop();
    }

    /** Returns when the loop is about to read the state, or has just done so. */
    void awaitRunning() {
        while (!running) {
            Thread.onSpinWait();
        }
    }

    /** Returns what the loop saw last. To be read behind a marker. */
    int seen() {
        return seenLow + seenHigh;
    }

    /** Returns whether it ran, and no more often than it was returned. */
    boolean ranOnceOrTwice() {
        return runs == 1 || runs == 2;
    }

    @Override
    protected void onLoop() {
        runs++;
        running = true;
        seenLow = low;
        seenHigh = high;
    }
}
