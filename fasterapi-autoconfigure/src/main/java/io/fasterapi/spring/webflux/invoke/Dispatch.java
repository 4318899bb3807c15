package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.admission.UnsignalledErrors;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Finds, calls and writes one exchange. It does what Spring's dispatcher does, with the same parts
 * in the same order, but in one subscriber instead of an operator per step. It serves one
 * subscription. Its signals come one after the other on any thread; {@link #cancel} may come at any
 * time.
 *
 * <p>Everything that is thrown or signalled, errors of the JVM included, reaches the subscriber.
 */
final class Dispatch implements Subscription {

    /*
     * A handler method with a settled plan is invoked by the InvocableHandlerMethod that Spring
     * made for its first request, with the application's own resolvers in it. If it fails, the
     * failure goes back to the adapter as a method that fails so, and the application's exception
     * handlers do the rest. Any other handler is called by its adapter, as in Spring's dispatcher.
     */

    private static final AtomicIntegerFieldUpdater<Search> LEFT =
            AtomicIntegerFieldUpdater.newUpdater(Search.class, "left");

    private static final AtomicReferenceFieldUpdater<Dispatch, @Nullable Subscription> UPSTREAM =
            AtomicReferenceFieldUpdater.newUpdater(Dispatch.class, Subscription.class, "upstream");

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

    DispatchParts parts() {
        return parts;
    }

    ServerWebExchange exchange() {
        return exchange;
    }

    /** Signals a failure to the subscriber. */
    void failed(Throwable cause) {
        try {
            actual.onError(cause);
        } catch (Throwable ex) {
            unsignalled(ex);
        }
    }

    /** Signals the end to the subscriber. */
    void completed() {
        try {
            actual.onComplete();
        } catch (Throwable ex) {
            unsignalled(ex);
        }
    }

    /** Ends the exchange, because its subscriber has thrown this. */
    void unsignalled(Throwable cause) {
        UnsignalledErrors.fail(context, cause);
    }

    Context context() {
        return context;
    }

    @Override
    public void request(long n) {
        // A Mono<Void> has nothing to emit.
    }

    @Override
    public void cancel() {
        cancelled = true;
        cancelUpstream();
    }

    /** Cancels each subscription once: Spring must not handle a cancellation twice. */
    private void cancelUpstream() {
        Subscription current = UPSTREAM.getAndSet(this, null);
        if (current != null) {
            current.cancel();
        }
    }

    /** Keeps the subscription of the running step. */
    void hold(Subscription subscription) {
        upstream = subscription;
        if (cancelled) {
            cancelUpstream();
        } else {
            subscription.request(Long.MAX_VALUE);
        }
    }

    private void search(int first) {
        for (int i = first; i < parts.asked().size(); i++) {
            Search step = new Search(i + 1);
            Mono<Object> found;
            try {
                found = parts.asked().get(i).getHandler(exchange);
            } catch (Throwable ex) {
                handleError(0, ex);
                return;
            }
            step.await(found);
            if (!step.hasFoundNothing()) {
                return;
            }
        }
        handleError(0, new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private void found(Object handler, HandlerMapping mapping) {
        if (HttpStatus.FORBIDDEN.equals(exchange.getResponse().getStatusCode())) {
            completed(); // refused by CORS
            return;
        }
        try {
            if (handler instanceof HandlerMethod method) {
                call(method, mapping);
            } else {
                dispatcher.counters().served(exchange, mapping);
                new Called(handler, null, false).await(calledByAdapter(handler));
            }
        } catch (Throwable ex) {
            failed(ex);
        }
    }

    private void call(HandlerMethod method, HandlerMapping mapping) {
        WebFluxFallback fallback = context.getOrDefault(WebFluxFallback.class, null);
        MethodPlan plan = dispatcher.planOf(method);
        if (plan == null) {
            dispatcher.counters().served(exchange, mapping);
        } else {
            plan.served(exchange, fallback);
        }
        if (fallback != null && fallback.stage() != WebFluxFallback.Stage.NOT_INVOKED) {
            new Called(method, null, false).await(fallback.resume(exchange, method, parts));
        } else if (plan != null && plan.isSettled()) {
            new Called(method, plan, true).await(plan.invoke(exchange));
        } else {
            new Called(method, plan, false).await(calledByAdapter(method));
        }
    }

    private Mono<HandlerResult> calledByAdapter(Object handler) {
        HandlerAdapter adapter = parts.adapterOf(handler);
        if (adapter == null) {
            throw new IllegalStateException("No HandlerAdapter: " + handler);
        }
        return Objects.requireNonNull(adapter.handle(exchange, handler), "handle");
    }

    /** Asks the adapters one after the other how to handle an error without a result. */
    private void handleError(int first, Throwable cause) {
        if (first == parts.errorHandlers().size()) {
            failed(cause);
            return;
        }
        Mono<HandlerResult> handled;
        try {
            handled = parts.errorHandlers().get(first).handleError(exchange, cause);
        } catch (Throwable ex) {
            handleError(first + 1, ex);
            return;
        }
        new ErrorHandled(first + 1).await(handled);
    }

    /** Lets the adapter handle the failure of a method that it has not called itself. */
    private Mono<HandlerResult> failure(HandlerMethod method, Throwable cause) {
        return calledByAdapter(new FailedMethod(method, cause));
    }

    /** The step that asks one mapping. */
    private final class Search extends DispatchStep<Object> {

        private final int next;

        @SuppressWarnings("unused") // written through LEFT
        private volatile int left;

        private volatile boolean nothing;

        Search(int next) {
            super(Dispatch.this);
            this.next = next;
        }

        /** Returns whether the mapping has already said that it has no handler. Called once. */
        boolean hasFoundNothing() {
            return !LEFT.compareAndSet(this, 0, 1) && nothing;
        }

        @Override
        public void onNext(Object handler) {
            if (end()) {
                left = 1;
                found(handler, parts.asked().get(next - 1));
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
                    search(next); // later, on another thread
                }
            }
        }
    }

    private final class Called extends DispatchStep<HandlerResult> {

        private final Object handler;
        private final @Nullable MethodPlan plan;
        private final boolean invoked;

        /**
         * Waits for the result.
         *
         * @param invoked whether the method was invoked here and not by its adapter
         */
        Called(Object handler, @Nullable MethodPlan plan, boolean invoked) {
            super(Dispatch.this);
            this.handler = handler;
            this.plan = plan;
            this.invoked = invoked;
        }

        @Override
        public void onNext(HandlerResult result) {
            if (end()) {
                if (plan != null) {
                    plan.returned(
                            result,
                            invoked,
                            (same, cause) ->
                                    FailedMethod.handle(
                                            parts, exchange, (HandlerMethod) handler, cause));
                }
                new ResultWriting(Dispatch.this, result, plan).begin();
            }
        }

        @Override
        public void onError(Throwable cause) {
            if (!end()) {
                return;
            }
            if (!invoked) {
                handleError(0, cause);
                return;
            }
            Mono<HandlerResult> handled;
            try {
                handled = failure((HandlerMethod) handler, cause);
            } catch (Throwable ex) {
                failed(ex);
                return;
            }
            new Called(handler, null, false).await(handled);
        }
    }

    private final class ErrorHandled extends DispatchStep<HandlerResult> {

        private final int next;

        ErrorHandled(int next) {
            super(Dispatch.this);
            this.next = next;
        }

        @Override
        public void onNext(HandlerResult result) {
            if (end()) {
                new ResultWriting(Dispatch.this, result, null).begin();
            }
        }

        @Override
        public void onError(Throwable cause) {
            if (end()) {
                handleError(next, cause);
            }
        }
    }
}
