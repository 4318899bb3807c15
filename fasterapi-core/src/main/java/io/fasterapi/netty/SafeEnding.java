package io.fasterapi.netty;

import io.fasterapi.log.SafeLog;

/** Ends early calls that have no answer, whatever that throws. On the event loop. */
final class SafeEnding {

    private static final System.Logger LOGGER = System.getLogger(SafeEnding.class.getName());

    private SafeEnding() {}

    /** The request of a call went another way than it should have. */
    static void abandon(EarlyCall call) {
        try {
            call.abandon();
        } catch (Throwable ex) {
            SafeLog.error(LOGGER, () -> "an early request could not be released", ex);
        }
    }

    /** The client of a call has gone. */
    static void cancel(EarlyCall call) {
        try {
            call.cancel();
        } catch (Throwable ex) {
            SafeLog.error(LOGGER, () -> "an early request could not be cancelled", ex);
        }
    }
}
