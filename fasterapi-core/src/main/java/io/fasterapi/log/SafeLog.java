package io.fasterapi.log;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Logs errors and throws nothing itself. Any thread may call it. */
public final class SafeLog {

    private SafeLog() {}

    /**
     * Logs an error. If the message cannot be made or logged, for example because memory is short,
     * the line is dropped.
     *
     * @param message makes the text; called at once
     * @param cause the failure, or null
     */
    public static void error(
            System.Logger logger, Supplier<String> message, @Nullable Throwable cause) {
        try {
            logger.log(System.Logger.Level.ERROR, message.get(), cause);
        } catch (Throwable ignored) {
            // A failing log is the last place to report to.
        }
    }
}
