package io.fasterapi.spring.webflux.invoke;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.DispatchExceptionHandler;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.HandlerResultHandler;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Writes a handler's result with the application's result handlers. A failure goes to the exception
 * handler that came with the result. It is the last part of a {@link Dispatch}; any thread may run
 * it.
 */
final class ResultWriting {

    private final Dispatch dispatch;
    private final HandlerResult result;
    private final @Nullable MethodPlan plan;

    /**
     * Prepares to write.
     *
     * @param plan the plan of the method that returned it, or null
     */
    ResultWriting(Dispatch dispatch, HandlerResult result, @Nullable MethodPlan plan) {
        this.dispatch = dispatch;
        this.result = result;
        this.plan = plan;
    }

    void begin() {
        MethodPlan known = plan;
        ValueWriting values = known == null ? null : known.valuesOf(result);
        if (values == null) {
            handle(dispatch.exchange(), result);
            return;
        }
        AnswerFormat format = values.formatFor(dispatch.exchange());
        if (format == null) {
            learn(values);
        } else if (values.result().wrapping() == ResultPlan.Wrapping.MONO
                && result.getReturnValue() instanceof Mono<?> mono) {
            values.begin(dispatch.exchange(), format);
            new Value(values, format).await(mono);
        } else if (result.getReturnValue() != null
                && (values.result().wrapping() == ResultPlan.Wrapping.PLAIN
                        || values.result().wrapping() == ResultPlan.Wrapping.FLUX)) {
            write(result.getReturnValue(), values, format);
        } else {
            handle(dispatch.exchange(), result);
        }
    }

    /** Lets Spring write, and remembers how. */
    private void learn(ValueWriting values) {
        FormatLearning learning = values.learning(dispatch.exchange());
        if (learning == null) {
            handle(dispatch.exchange(), result);
        } else {
            Object value = learning.watched(result.getReturnValue());
            handle(dispatch.exchange().mutate().response(learning).build(), returning(value));
        }
    }

    /** Lets the application's result handler write. */
    private void handle(ServerWebExchange exchange, HandlerResult what) {
        Mono<Void> written;
        try {
            written = written(exchange, what, plan);
        } catch (Throwable ex) {
            dispatch.failed(ex);
            return;
        }
        new Written().await(written);
    }

    private void write(Object value, ValueWriting values, AnswerFormat format) {
        Mono<Void> written;
        try {
            written = values.write(dispatch.exchange(), value, format);
        } catch (Throwable ex) {
            new Written().onError(ex);
            return;
        }
        if (written == null) {
            Object given =
                    values.result().wrapping() == ResultPlan.Wrapping.MONO
                            ? Mono.just(value)
                            : value;
            handle(dispatch.exchange(), returning(given));
        } else {
            new Written().await(written);
        }
    }

    private HandlerResult returning(@Nullable Object value) {
        return new HandlerResult(
                result.getHandler(),
                value,
                result.getReturnTypeSource(),
                result.getBindingContext());
    }

    private Mono<Void> written(
            ServerWebExchange exchange, HandlerResult what, @Nullable MethodPlan of) {
        HandlerResultHandler handler =
                of == null
                        ? dispatch.parts().resultHandlerOf(what)
                        : of.resultHandler(what, dispatch.parts());
        if (handler == null) {
            return Mono.error(
                    new IllegalStateException(
                            "No HandlerResultHandler for " + what.getReturnValue()));
        }
        return Objects.requireNonNull(handler.handleResult(exchange, what), "handleResult");
    }

    private void failed(Throwable cause) {
        DispatchExceptionHandler handler = result.getExceptionHandler();
        if (handler == null) {
            dispatch.failed(cause);
            return;
        }
        Mono<HandlerResult> handled;
        try {
            handled = handler.handleError(dispatch.exchange(), cause);
        } catch (Throwable ex) {
            dispatch.failed(ex);
            return;
        }
        new Handled(cause).await(handled);
    }

    private void write(HandlerResult handled, Throwable cause) {
        Mono<Void> written;
        try {
            written = written(dispatch.exchange(), handled, null);
        } catch (Throwable ex) {
            dispatch.failed(ex);
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

    /** Waits for the value of a Mono. */
    private final class Value extends DispatchStep<Object> {

        private final ValueWriting values;
        private final AnswerFormat format;

        Value(ValueWriting values, AnswerFormat format) {
            super(ResultWriting.this.dispatch);
            this.values = values;
            this.format = format;
        }

        @Override
        public void onNext(Object value) {
            if (end()) {
                write(value, values, format);
            }
        }

        @Override
        public void onComplete() {
            if (end()) {
                handle(dispatch.exchange(), returning(Mono.empty()));
            }
        }

        @Override
        public void onError(Throwable cause) {
            if (end()) {
                new Written().onError(cause);
            }
        }
    }

    private final class Written extends DispatchStep<Void> {

        Written() {
            super(ResultWriting.this.dispatch);
        }

        /** Adds the note to the error that the dispatcher's checkpoint would add. */
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
