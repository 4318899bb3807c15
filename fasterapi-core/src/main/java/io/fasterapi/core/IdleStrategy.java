package io.fasterapi.core;

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
