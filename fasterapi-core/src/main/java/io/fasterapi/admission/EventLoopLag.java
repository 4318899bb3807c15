package io.fasterapi.admission;

import io.fasterapi.placement.DrainTime;
import io.fasterapi.watchdog.ReadyTime;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** How long requests wait for their turn on their event loop. Each loop asks for itself. */
public final class EventLoopLag {

    /*
     * A loop serves, one after the other, what was readable when it last looked: one round. What is
     * served late in a round has waited since its beginning at least. The round begins with the
     * first question after the last one's end, and ends when the loop comes to its tasks, which is
     * after all that was readable. How long a request waited before the round cannot be known.
     *
     * A pause of the machine makes one round long; a loop with too much to do has long rounds one
     * after the other. So what is late in a round is refused only if the round before was long. A
     * round is not long for the time in which its loop had no CPU or the JVM paused, nor while the
     * loop's code is cold. (To ask for that time costs a system call or two. So that is done when a round may be
     * long, and once in a while before: what was lost shortly before the round counts, too.)
     */
    private static final long NEVER = Long.MAX_VALUE;
    private static final EventLoopLag NONE = new EventLoopLag(NEVER, () -> () -> 0);

    /** Requests after which a loop's code is compiled. */
    private static final int WARM_UP = 1_000;

    private static final long ASK_NANOS = 100_000_000;

    private final long limitNanos;
    private final Supplier<LongSupplier> lostTimes;
    private final FastThreadLocal<Round> rounds =
            new FastThreadLocal<>() {
                @Override
                protected Round initialValue() {
                    return new Round();
                }
            };

    /** The present round of a loop. Its task ends it. */
    private final class Round implements Runnable {
        private final LongSupplier lost = lostTimes.get();
        private boolean open;
        private boolean afterLong;
        private int asked;
        private long begunNanos;
        private long askedAtNanos = System.nanoTime();
        private long lostNanos = lost.getAsLong();

        void begin() {
            open = true;
            begunNanos = System.nanoTime();
            if (begunNanos - askedAtNanos > ASK_NANOS) {
                askedAtNanos = begunNanos;
                lostNanos = lost.getAsLong();
            }
        }

        @Override
        public void run() {
            open = false;
            afterLong = isLong();
        }

        private boolean isLong() {
            long passed = System.nanoTime() - begunNanos;
            return passed > limitNanos
                    && asked > WARM_UP
                    && passed - (lost.getAsLong() - lostNanos) > limitNanos;
        }
    }

    private EventLoopLag(long limitNanos, Supplier<LongSupplier> lostTimes) {
        this.limitNanos = limitNanos;
        this.lostTimes = lostTimes;
    }

    /**
     * Creates a limit on how long a request may have waited.
     *
     * @param paused returns for how long the JVM has paused so far, in nanoseconds
     */
    public static EventLoopLag atMost(Duration limit, LongSupplier paused) {
        return atMost(
                limit,
                () -> {
                    ReadyTime queued = ReadyTime.ofThisThread();
                    return () -> queued.totalNanos() + paused.getAsLong();
                });
    }

    /**
     * Creates a limit on how long a request may have waited.
     *
     * @param lostTimes returns for the calling thread what tells how long that was ready to run
     *     without a CPU, or paused, so far, in nanoseconds
     */
    static EventLoopLag atMost(Duration limit, Supplier<LongSupplier> lostTimes) {
        return new EventLoopLag(limit.toNanos(), lostTimes);
    }

    /** Returns no limit. */
    public static EventLoopLag none() {
        return NONE;
    }

    /** Returns whether there is a limit. */
    public boolean isLimited() {
        return limitNanos != NEVER;
    }

    /**
     * Returns how long the present round of the calling loop has taken, in nanoseconds: as long as
     * one takes from whose end on there is room again. On the loop.
     */
    public long roundNanos() {
        Round round = rounds.get();
        return round.open ? System.nanoTime() - round.begunNanos : DrainTime.UNKNOWN_NANOS;
    }

    /**
     * Returns whether a request that is about to be served has waited for too long. On the loop.
     */
    public boolean isTooLong(EventLoop loop) {
        if (limitNanos == NEVER) {
            return false;
        }
        Round round = rounds.get();
        if (round.asked <= WARM_UP) {
            round.asked++;
        }
        if (!round.open) {
            round.begin();
            loop.execute(round);
            return false;
        }
        return round.afterLong && round.isLong();
    }
}
