package io.fasterapi.spring.webflux.invoke;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.DispatchExceptionHandler;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.HandlerResultHandler;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Finds, calls and writes one exchange: what the dispatcher does, with the same parts in the same
 * order, in one subscriber instead of an operator for each step. One subscription, whose signals
 * come one after the other on any thread; {@link #cancel} may come at any time.
 *
 * <p>Everything that is thrown or signalled, errors of the JVM included, reaches the subscriber.
 */
final class Dispatch implements Subscription {

    /*
     * A handler method whose plan is settled is invoked by the InvocableHandlerMethod that Spring
     * made for its first request, with the application's own resolvers in it; what that fails with
     * goes back to the adapter, as a method that fails so, and the application's exception
     * handlers do the rest. Any other handler is called by its adapter, as in the dispatcher.
     */

    private static final AtomicIntegerFieldUpdater<Search> LEFT =
            AtomicIntegerFieldUpdater.newUpdater(Search.class, "left");

    private final Dispatcher dispatcher;
    private final DispatchParts parts;
    private final ServerWebExchange exchange;
    private final CoreSubscriber<? super Void> actual;
    private final Context context;
    private volatile @Nullable Subscription upstream;
    private volatile boolean cancelled;

    Dispatch(
            Dispatcher dispatcher,
            ServerWebExchange exchange,
            CoreSubscriber<? super Void> actual) {
        this.dispatcher = dispatcher;
        this.parts = dispatcher.parts();
        this.exchange = exchange;
        this.actual = actual;
        this.context = actual.currentContext();
    }

    void begin() {
        actual.onSubscribe(this);
        search(0);
    }

    @Override
    public void request(long n) {
        // A Mono<Void> has nothing to emit.
    }

    @Override
    public void cancel() {
        cancelled = true;
        Subscription current = upstream;
        if (current != null) {
            current.cancel();
        }
    }

    private void hold(Subscription subscription) {
        upstream = subscription;
        if (cancelled) {
            subscription.cancel();
        } else {
            subscription.request(Long.MAX_VALUE);
        }
    }

    private void search(int first) {
        for (int i = first; i < parts.mappings().size(); i++) {
            Search step = new Search(i + 1);
            try {
                parts.mappings().get(i).getHandler(exchange).subscribe(step);
            } catch (Throwable ex) {
                handleError(0, ex);
                return;
            }
            if (!step.hasFoundNothing()) {
                return;
            }
        }
        handleError(0, new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private void found(Object handler) {
        if (HttpStatus.FORBIDDEN.equals(exchange.getResponse().getStatusCode())) {
            actual.onComplete(); // refused by CORS
            return;
        }
        Mono<HandlerResult> called;
        MethodPlan plan = null;
        boolean settled = false;
        try {
            if (handler instanceof HandlerMethod method) {
                plan = dispatcher.planOf(method);
                WebFluxFallback fallback = context.getOrDefault(WebFluxFallback.class, null);
                if (plan == null) {
                    dispatcher.counters().served(exchange);
                } else {
                    plan.served(exchange, fallback);
                }
                if (fallback != null && fallback.stage() != WebFluxFallback.Stage.NOT_INVOKED) {
                    plan = null;
                    called = fallback.resume(exchange, method, parts);
                } else if (plan != null && plan.isSettled()) {
                    settled = true;
                    called = plan.invoke(exchange);
                } else {
                    called = call(method);
                }
            } else {
                dispatcher.counters().served(exchange);
                called = call(handler);
            }
        } catch (Throwable ex) {
            actual.onError(ex);
            return;
        }
        subscribe(called, new Called(handler, plan, settled));
    }

    private Mono<HandlerResult> call(Object handler) {
        HandlerAdapter adapter = parts.adapterOf(handler);
        if (adapter == null) {
            throw new IllegalStateException("No HandlerAdapter: " + handler);
        }
        return adapter.handle(exchange, handler);
    }

    private static <T> void subscribe(Mono<T> source, Step<T> step) {
        try {
            source.subscribe(step);
        } catch (Throwable ex) {
            step.onError(ex); // what Reactor does not signal
        }
    }

    /** Asks the adapters, one after the other, what to do about an error without a result. */
    private void handleError(int first, Throwable cause) {
        if (first == parts.errorHandlers().size()) {
            actual.onError(cause);
            return;
        }
        Mono<HandlerResult> handled;
        try {
            handled = parts.errorHandlers().get(first).handleError(exchange, cause);
        } catch (Throwable ex) {
            handleError(first + 1, ex);
            return;
        }
        subscribe(handled, new ErrorHandled(first + 1));
    }

    private void write(HandlerResult result, @Nullable MethodPlan plan) {
        Mono<Void> written;
        try {
            HandlerResultHandler handler =
                    plan == null
                            ? parts.resultHandlerOf(result)
                            : plan.resultHandler(result, parts);
            if (handler == null) {
                throw new IllegalStateException(
                        "No HandlerResultHandler for " + result.getReturnValue());
            }
            written = handler.handleResult(exchange, result);
        } catch (Throwable ex) {
            actual.onError(ex);
            return;
        }
        subscribe(written, new Written(result, plan));
    }

    private void writeFailed(HandlerResult result, Throwable cause) {
        DispatchExceptionHandler handler = result.getExceptionHandler();
        if (handler == null) {
            actual.onError(cause);
            return;
        }
        Mono<HandlerResult> handled;
        try {
            handled = handler.handleError(exchange, cause);
        } catch (Throwable ex) {
            actual.onError(ex);
            return;
        }
        subscribe(handled, new WriteErrorHandled(cause));
    }

    private abstract class Step<T> implements CoreSubscriber<T> {

        private boolean ended;

        /** Returns true the first time. */
        final boolean end() {
            boolean first = !ended;
            ended = true;
            return first;
        }

        @Override
        public final Context currentContext() {
            return context;
        }

        @Override
        public final void onSubscribe(Subscription subscription) {
            hold(subscription);
        }

        @Override
        public void onNext(T value) {}

        @Override
        public void onComplete() {
            if (end()) {
                actual.onComplete();
            }
        }
    }

    /** One mapping is asked. */
    private final class Search extends Step<Object> {

        private final int next;

        @SuppressWarnings("unused") // by LEFT
        private volatile int left;

        private volatile boolean nothing;

        Search(int next) {
            this.next = next;
        }

        /** Tells whether the mapping has said by now that it knows no handler; asked once. */
        boolean hasFoundNothing() {
            return !LEFT.compareAndSet(this, 0, 1) && nothing;
        }

        @Override
        public void onNext(Object handler) {
            if (end()) {
                left = 1;
                found(handler);
            }
        }

        @Override
        public void onError(Throwable cause) {
            if (end()) {
                left = 1;
                handleError(0, cause);
            }
        }

        @Override
        public void onComplete() {
            if (end()) {
                nothing = true;
                if (!LEFT.compareAndSet(this, 0, 1)) {
                    search(next); // later, on some thread
                }
            }
        }
    }

    private final class Called extends Step<HandlerResult> {

        private final Object handler;
        private final @Nullable MethodPlan plan;
        private final boolean settled;

        /**
         * Waits for the result.
         *
         * @param settled whether the method was invoked here, not by its adapter
         */
        Called(Object handler, @Nullable MethodPlan plan, boolean settled) {
            this.handler = handler;
            this.plan = plan;
            this.settled = settled;
        }

        @Override
        public void onNext(HandlerResult result) {
            if (end()) {
                write(
                        plan == null
                                ? result
                                : plan.returned(
                                        exchange,
                                        result,
                                        settled,
                                        (same, cause) -> failure((HandlerMethod) handler, cause)),
                        plan);
            }
        }

        @Override
        public void onError(Throwable cause) {
            if (end()) {
                if (settled) {
                    failed((HandlerMethod) handler, cause);
                } else {
                    handleError(0, cause);
                }
            }
        }
    }

    /** Has the adapter handle what a method ended in that it has not called itself. */
    private void failed(HandlerMethod method, Throwable cause) {
        Mono<HandlerResult> handled;
        try {
            handled = failure(method, cause);
        } catch (Throwable ex) {
            actual.onError(ex);
            return;
        }
        subscribe(handled, new Called(method, null, false));
    }

    private Mono<HandlerResult> failure(HandlerMethod method, Throwable cause) {
        return call(new FailedMethod(method, cause));
    }

    private final class ErrorHandled extends Step<HandlerResult> {

        private final int next;

        ErrorHandled(int next) {
            this.next = next;
        }

        @Override
        public void onNext(HandlerResult result) {
            if (end()) {
                write(result, null);
            }
        }

        @Override
        public void onError(Throwable cause) {
            if (end()) {
                handleError(next, cause);
            }
        }
    }

    private final class Written extends Step<Void> {

        private final HandlerResult result;
        private final @Nullable MethodPlan plan;

        Written(HandlerResult result, @Nullable MethodPlan plan) {
            this.result = result;
            this.plan = plan;
        }

        @Override
        public void onComplete() {
            if (end()) {
                if (plan != null) {
                    plan.written(exchange, result);
                }
                actual.onComplete();
            }
        }

        @Override
        public void onError(Throwable cause) {
            if (end()) {
                String where = "Handler " + result.getHandler() + " [DispatcherHandler]";
                subscribe(Mono.<Void>error(cause).checkpoint(where), new Observed(result));
            }
        }
    }

    /** The error has got the note that the dispatcher's checkpoint leaves in it. */
    private final class Observed extends Step<Void> {

        private final HandlerResult result;

        Observed(HandlerResult result) {
            this.result = result;
        }

        @Override
        public void onError(Throwable cause) {
            if (end()) {
                writeFailed(result, cause);
            }
        }
    }

    private final class WriteErrorHandled extends Step<HandlerResult> {

        private final Throwable cause;

        WriteErrorHandled(Throwable cause) {
            this.cause = cause;
        }

        @Override
        public void onNext(HandlerResult result) {
            if (!end()) {
                return;
            }
            Mono<Void> written;
            try {
                HandlerResultHandler handler = parts.resultHandlerOf(result);
                if (handler == null) {
                    throw new IllegalStateException(
                            "No HandlerResultHandler for " + result.getReturnValue());
                }
                written = handler.handleResult(exchange, result);
            } catch (Throwable ex) {
                actual.onError(ex);
                return;
            }
            String where =
                    "Exception handler "
                            + result.getHandler()
                            + ", error=\""
                            + cause.getMessage()
                            + "\" [DispatcherHandler]";
            subscribe(written.checkpoint(where), new End());
        }

        @Override
        public void onError(Throwable failure) {
            if (end()) {
                actual.onError(failure);
            }
        }
    }

    private final class End extends Step<Void> {

        @Override
        public void onError(Throwable cause) {
            if (end()) {
                actual.onError(cause);
            }
        }
    }
}
