package io.fasterapi.watch;

import io.netty.channel.EventLoop;

/**
 * A task that an event loop runs when it comes round; at most one is on its way. Owned by the
 * watchdog's thread, run by the loop.
 */
final class LoopBeat implements Runnable {

    private final EventLoop loop;
    private final long everyNanos;
    private long sinceSentNanos;
    private boolean sent;
    private volatile boolean outstanding;

    LoopBeat(EventLoop loop, long everyNanos) {
        this.loop = loop;
        this.everyNanos = everyNanos;
        this.sinceSentNanos = everyNanos;
    }

    @Override
    public void run() {
        outstanding = false;
    }

    /** Returns whether the loop has not come round since it was last asked to. */
    boolean isOutstanding() {
        return outstanding;
    }

    /** Returns, once for each beat, whether it came back. */
    boolean cameRound() {
        if (sent && !outstanding) {
            sent = false;
            return true;
        }
        return false;
    }

    /**
     * Sends the next beat if it is time and none is on its way.
     *
     * @param passedNanos since the last call
     * @return false if the loop takes no tasks any more
     */
    boolean send(long passedNanos) {
        sinceSentNanos += passedNanos;
        if (sent || sinceSentNanos < everyNanos) {
            return true;
        }
        sinceSentNanos = 0;
        sent = true;
        outstanding = true;
        try {
            loop.execute(this);
            return true;
        } catch (RuntimeException ended) {
            return false; // rejected, or a loop that takes no tasks
        }
    }
}
