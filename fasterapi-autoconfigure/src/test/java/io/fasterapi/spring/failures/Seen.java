package io.fasterapi.spring.failures;

/**
 * What a client sees of the end of its request.
 *
 * @param how whether it got a whole answer, the end of its connection or stream, or nothing
 * @param status of the answer, 0 if there was none
 */
record Seen(How how, int status) {

    enum How {
        ANSWERED,
        CUT,
        SILENT
    }

    /** Tells whether a request that failed may end so. */
    boolean isFailure() {
        return how == How.CUT || (how == How.ANSWERED && status >= 500);
    }

    /** Tells whether a request may end so that did not fail. */
    boolean isSuccess() {
        return how == How.ANSWERED && status == 200;
    }
}
