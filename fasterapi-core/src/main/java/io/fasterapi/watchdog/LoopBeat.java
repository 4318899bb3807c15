package io.fasterapi.watchdog;

import io.netty.channel.EventLoop;

/**
 * A heartbeat: an empty task for an event loop, at most one at a time. The watchdog's thread owns
 * it; the loop runs it.
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

    /** Returns whether the loop has not run the last heartbeat yet. */
    boolean isOutstanding() {
        return outstanding;
    }

    /** Returns true once for each heartbeat that came back. */
    boolean cameRound() {
        if (sent && !outstanding) {
            sent = false;
            return true;
        }
        return false;
    }

    /**
     * Sends the next heartbeat if it is due and none is under way.
     *
     * @param passedNanos the time since the last call
     * @return false if the loop takes no more tasks
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
            return false; // rejected, or the loop takes no tasks
        }
    }
}
