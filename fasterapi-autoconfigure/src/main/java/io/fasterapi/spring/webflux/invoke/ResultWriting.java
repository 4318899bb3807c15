package io.fasterapi.spring.webflux.invoke;

import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.DispatchExceptionHandler;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.HandlerResultHandler;
import reactor.core.publisher.Mono;

/**
 * Writes a handler's result by the application's result handlers; what that fails with goes to the
 * exception handler that came with the result. The last part of a {@link Dispatch}.
 */
final class ResultWriting {

    private final Dispatch dispatch;
    private final HandlerResult result;
    private final @Nullable MethodPlan plan;

    /**
     * Prepares to write.
     *
     * @param plan of the method that returned it, or null
     */
    ResultWriting(Dispatch dispatch, HandlerResult result, @Nullable MethodPlan plan) {
        this.dispatch = dispatch;
        this.result = result;
        this.plan = plan;
    }

    void begin() {
        Mono<Void> written;
        try {
            written = written(result, plan);
        } catch (Throwable ex) {
            dispatch.actual().onError(ex);
            return;
        }
        new Written().await(written);
    }

    private Mono<Void> written(HandlerResult what, @Nullable MethodPlan of) {
        HandlerResultHandler handler =
                of == null
                        ? dispatch.parts().resultHandlerOf(what)
                        : of.resultHandler(what, dispatch.parts());
        if (handler == null) {
            throw new IllegalStateException("No HandlerResultHandler for " + what.getReturnValue());
        }
        return handler.handleResult(dispatch.exchange(), what);
    }

    private void failed(Throwable cause) {
        DispatchExceptionHandler handler = result.getExceptionHandler();
        if (handler == null) {
            dispatch.actual().onError(cause);
            return;
        }
        Mono<HandlerResult> handled;
        try {
            handled = handler.handleError(dispatch.exchange(), cause);
        } catch (Throwable ex) {
            dispatch.actual().onError(ex);
            return;
        }
        new Handled(cause).await(handled);
    }

    private void write(HandlerResult handled, Throwable cause) {
        Mono<Void> written;
        try {
            written = written(handled, null);
        } catch (Throwable ex) {
            dispatch.actual().onError(ex);
            return;
        }
        String where =
                "Exception handler "
                        + handled.getHandler()
                        + ", error=\""
                        + cause.getMessage()
                        + "\" [DispatcherHandler]";
        new DispatchStep<Void>(dispatch) {}.await(written.checkpoint(where));
    }

    private final class Written extends DispatchStep<Void> {

        Written() {
            super(ResultWriting.this.dispatch);
        }

        @Override
        public void onComplete() {
            if (end()) {
                if (plan != null) {
                    plan.written(dispatch.exchange(), result);
                }
                dispatch.actual().onComplete();
            }
        }

        /** Leaves the note in the error that the dispatcher's checkpoint would. */
        @Override
        public void onError(Throwable cause) {
            if (end()) {
                String where = "Handler " + result.getHandler() + " [DispatcherHandler]";
                new Observed().await(Mono.<Void>error(cause).checkpoint(where));
            }
        }
    }

    private final class Observed extends DispatchStep<Void> {

        Observed() {
            super(ResultWriting.this.dispatch);
        }

        @Override
        public void onError(Throwable cause) {
            if (end()) {
                failed(cause);
            }
        }
    }

    private final class Handled extends DispatchStep<HandlerResult> {

        private final Throwable cause;

        Handled(Throwable cause) {
            super(ResultWriting.this.dispatch);
            this.cause = cause;
        }

        @Override
        public void onNext(HandlerResult handled) {
            if (end()) {
                write(handled, cause);
            }
        }
    }
}
