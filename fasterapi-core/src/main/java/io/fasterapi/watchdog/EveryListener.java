package io.fasterapi.watchdog;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Calls several listeners. One that throws does not affect the others. On the watchdog's thread.
 */
final class EveryListener implements StallListener {

    private static final System.Logger LOGGER = System.getLogger(Watchdog.class.getName());

    private final List<StallListener> listeners;

    EveryListener(List<StallListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void stalled(Stall stall) {
        each(listener -> listener.stalled(stall));
    }

    @Override
    public void ended(Stall stall, Duration heldFor) {
        each(listener -> listener.ended(stall, heldFor));
    }

    private void each(Consumer<StallListener> call) {
        for (StallListener listener : listeners) {
            try {
                call.accept(listener);
            } catch (Throwable ex) {
                LOGGER.log(System.Logger.Level.ERROR, "a StallListener failed", ex);
            }
        }
    }
}
