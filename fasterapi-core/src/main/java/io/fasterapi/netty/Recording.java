package io.fasterapi.netty;

import io.fasterapi.log.SafeLog;
import org.jspecify.annotations.Nullable;

/** Tells the recorder of one request. Begun and ended on the event loop, failed on any thread. */
final class Recording {

    private static final System.Logger LOGGER = System.getLogger(Recording.class.getName());

    private final RouteState state;
    private final String method;
    private final long startNanos;
    private volatile Runnable active = () -> {};
    private volatile @Nullable Throwable failure;
    private volatile boolean elsewhere;

    Recording(RouteState state, String method, long startNanos) {
        this.state = state;
        this.method = method;
        this.startNanos = startNanos;
    }

    /** The request leaves its event loop, and so is active for a while. */
    void leavesLoop() {
        isActive(state.recorder().active(state.route(), method));
    }

    /**
     * The request is active already.
     *
     * @param ended to be run when it is so no more
     */
    void isActive(Runnable ended) {
        active = ended;
    }

    /** The handler failed; whoever answers that may observe the request anew. */
    void failed(Throwable cause, FailureAnswer failures) {
        failure = cause;
        try {
            elsewhere = failures.records(cause);
        } catch (Throwable ex) {
            SafeLog.error(
                    LOGGER,
                    () ->
                            state.route()
                                    + ": the FailureAnswer failed when it was asked who records the failure",
                    ex);
        }
        if (elsewhere) {
            active.run();
        }
    }

    /** The request has ended. */
    void ended(int status) {
        active.run();
        if (!elsewhere) {
            long nanos = System.nanoTime() - startNanos;
            state.recorder().record(state.route(), method, status, failure, nanos);
        }
    }
}
