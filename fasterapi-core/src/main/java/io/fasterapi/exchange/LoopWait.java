package io.fasterapi.exchange;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.time.Duration;

/** How long requests wait for their turn on their event loop. Each loop asks for itself. */
public final class LoopWait {

    /*
     * A loop serves, one after the other, what was readable when it last looked: one round. What is
     * served late in a round has waited since its beginning at least. The round begins with the
     * first question after the last one's end, and ends when the loop comes to its tasks, which is
     * after all that was readable. How long a request waited before the round cannot be known.
     *
     * A pause of the machine makes one round long; a loop with too much to do has long rounds one
     * after the other. So what is late in a round is refused only if the round before was long.
     */
    private static final long NEVER = Long.MAX_VALUE;
    private static final LoopWait NONE = new LoopWait(NEVER);

    private final long limitNanos;
    private final FastThreadLocal<Round> rounds =
            new FastThreadLocal<>() {
                @Override
                protected Round initialValue() {
                    return new Round();
                }
            };

    /** The present round of a loop. Its task ends it. */
    private final class Round implements Runnable {
        private boolean open;
        private boolean afterLong;
        private long begunNanos;

        @Override
        public void run() {
            open = false;
            afterLong = isLong();
        }

        private boolean isLong() {
            return System.nanoTime() - begunNanos > limitNanos;
        }
    }

    private LoopWait(long limitNanos) {
        this.limitNanos = limitNanos;
    }

    /** Creates a limit on how long a request may have waited. */
    public static LoopWait atMost(Duration limit) {
        return new LoopWait(limit.toNanos());
    }

    /** Returns no limit. */
    public static LoopWait none() {
        return NONE;
    }

    /** Returns whether there is a limit. */
    public boolean isLimited() {
        return limitNanos != NEVER;
    }

    /**
     * Returns whether a request that is about to be served has waited for too long. On the loop.
     */
    public boolean isTooLong(EventLoop loop) {
        if (limitNanos == NEVER) {
            return false;
        }
        Round round = rounds.get();
        if (!round.open) {
            round.open = true;
            round.begunNanos = System.nanoTime();
            loop.execute(round);
            return false;
        }
        return round.afterLong && round.isLong();
    }
}
