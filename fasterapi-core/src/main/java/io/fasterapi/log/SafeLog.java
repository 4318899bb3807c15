package io.fasterapi.log;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Logs what must stop nothing. Any thread. */
public final class SafeLog {

    private SafeLog() {}

    /**
     * Logs an error. Whatever making the message or logging it throws, out of memory for one, is
     * dropped.
     *
     * @param message says what failed; asked at once
     * @param cause what it failed with, or null
     */
    public static void error(
            System.Logger logger, Supplier<String> message, @Nullable Throwable cause) {
        try {
            logger.log(System.Logger.Level.ERROR, message.get(), cause);
        } catch (Throwable ignored) {
            // There is nowhere left to say it.
        }
    }
}
