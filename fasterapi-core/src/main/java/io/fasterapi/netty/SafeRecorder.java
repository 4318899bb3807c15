package io.fasterapi.netty;

import io.fasterapi.log.SafeLog;
import io.fasterapi.route.Route;
import io.fasterapi.route.RouteRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Records, whatever the recorder throws: a meter must not cost a request its answer.
 *
 * @param recorder the application's or the starter's
 */
record SafeRecorder(RouteRecorder recorder) implements RouteRecorder {

    private static final System.Logger LOGGER = System.getLogger(SafeRecorder.class.getName());

    private static final Runnable NOTHING = () -> {};

    @Override
    public void record(
            Route route, String method, int status, @Nullable Throwable failure, long nanos) {
        try {
            recorder.record(route, method, status, failure, nanos);
        } catch (Throwable ex) {
            failed(route, ex);
        }
    }

    @Override
    public Runnable active(Route route, String method) {
        try {
            Runnable end = recorder.active(route, method);
            return () -> {
                try {
                    end.run();
                } catch (Throwable ex) {
                    failed(route, ex);
                }
            };
        } catch (Throwable ex) {
            failed(route, ex);
            return NOTHING;
        }
    }

    private static void failed(Route route, Throwable cause) {
        SafeLog.error(
                LOGGER,
                () -> route + ": its RouteRecorder failed; the answer is not affected",
                cause);
    }
}
