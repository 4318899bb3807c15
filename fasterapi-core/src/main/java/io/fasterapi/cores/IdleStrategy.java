package io.fasterapi.cores;

import java.util.concurrent.locks.LockSupport;

/**
 * How a core waits between two rounds without work. The core's thread owns it; it counts such
 * rounds. The roles follow Agrona's idle strategies.
 */
abstract class IdleStrategy {

    /** Called after a round without work. */
    abstract void idle(HandlerCore core);

    /** Called after a round with work. */
    void reset() {}

    static IdleStrategy of(WaitMode mode) {
        return switch (mode) {
            case PARK -> new Parking();
            case PHASED -> new Phased();
            case SLEEP -> new Sleeping();
            case YIELD -> new Yielding();
            case SPIN -> new Spinning();
        };
    }

    /** Yields twice, because an event loop on the same CPU may be about to publish, then parks. */
    private static final class Parking extends IdleStrategy {

        private static final int YIELDS = 2;
        private int looks;

        @Override
        void idle(HandlerCore core) {
            if (looks < YIELDS) {
                looks++;
                Thread.yield();
            } else {
                core.park();
            }
        }

        @Override
        void reset() {
            looks = 0;
        }
    }

    /** Spins, yields, then parks for 1 microsecond, twice as long each time, up to 1,024. */
    private static final class Phased extends IdleStrategy {

        private static final int SPINS = 200;
        private static final int YIELDS = 50;
        private static final long MAX_PARK_NANOS = 1_024_000;
        private int looks;
        private long parkNanos = 1_000;

        @Override
        void idle(HandlerCore core) {
            if (looks < SPINS) {
                looks++;
                Thread.onSpinWait();
            } else if (looks < SPINS + YIELDS) {
                looks++;
                Thread.yield();
            } else {
                LockSupport.parkNanos(core, parkNanos);
                parkNanos = Math.min(parkNanos * 2, MAX_PARK_NANOS);
            }
        }

        @Override
        void reset() {
            looks = 0;
            parkNanos = 1_000;
        }
    }

    private static final class Sleeping extends IdleStrategy {

        private static final long NANOS = 50_000;

        @Override
        void idle(HandlerCore core) {
            LockSupport.parkNanos(core, NANOS);
        }
    }

    private static final class Yielding extends IdleStrategy {

        @Override
        void idle(HandlerCore core) {
            Thread.yield();
        }
    }

    private static final class Spinning extends IdleStrategy {

        @Override
        void idle(HandlerCore core) {
            Thread.onSpinWait();
        }
    }
}
