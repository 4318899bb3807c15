package io.fasterapi.watchdog;

import io.fasterapi.log.Counted;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Logs stalls at WARNING with their stack, at most once a minute per route. The watchdog's thread
 * owns it.
 */
public final class StallLog implements StallListener {

    private static final System.Logger LOGGER = System.getLogger(StallLog.class.getName());

    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    /**
     * The most frames that are logged. The innermost come first and show what the thread waits for.
     */
    private static final int FRAMES = 30;

    /** The most routes that are remembered. */
    private static final int ROUTES = 10_000;

    private final LongSupplier clock;
    private final Map<String, Logged> logged = new HashMap<>();

    /** When a route was last logged, and how many of its stalls were not logged since then. */
    private static final class Logged {

        private long atNanos;
        private int unlogged;
    }

    /** Creates a log that has logged nothing yet. */
    public StallLog() {
        this(System::nanoTime);
    }

    StallLog(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public void stalled(Stall stall) {
        long now = clock.getAsLong();
        String name = stall.name();
        Logged last = logged.get(name);
        if (last == null) {
            if (logged.size() >= ROUTES) {
                logged.clear();
            }
            last = new Logged();
            logged.put(name, last);
        } else if (now - last.atNanos < PAUSE_NANOS) {
            last.unlogged++;
            return;
        }
        LOGGER.log(System.Logger.Level.WARNING, text(stall, last.unlogged));
        last.atNanos = now;
        last.unlogged = 0;
    }

    private static String text(Stall stall, int unlogged) {
        StringBuilder text = new StringBuilder();
        text.append(stall.eventLoop() ? "event loop " : "handler core ")
                .append(stall.thread())
                .append(": held by ")
                .append(stall.name())
                .append(" for ")
                .append(stall.heldFor().toMillis())
                .append(" ms so far");
        if (unlogged > 0) {
            text.append(" (and ")
                    .append(Counted.of(unlogged, "time"))
                    .append(" since the last such line)");
        }
        text.append(
                stall.eventLoop()
                        ? "; every connection of this event loop waits. Place a handler that"
                                + " computes on core, and one that blocks on virtual."
                        : "; every request in the ring of this core waits. Place a handler that"
                                + " blocks on virtual.");
        int shown = 0;
        for (StackTraceElement frame : stall.stack()) {
            if (shown == FRAMES) {
                text.append("\n\t... ").append(stall.stack().size() - FRAMES).append(" more");
                break;
            }
            text.append("\n\tat ").append(frame);
            shown++;
        }
        return text.toString();
    }
}
