package io.fasterapi.spring.webflux.invoke;

import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * One step of a {@link Dispatch}. It ends once. Unless a subclass says otherwise it is the last
 * step, and its end is the end of the exchange. It runs on any thread.
 */
abstract class DispatchStep<T> implements CoreSubscriber<T> {

    final Dispatch dispatch;
    private boolean ended;

    DispatchStep(Dispatch dispatch) {
        this.dispatch = dispatch;
    }

    /**
     * Subscribes. An exception, as Reactor throws errors of the JVM, is signalled; if the step has
     * ended, it ends the exchange.
     */
    final void await(Mono<? extends T> source) {
        try {
            source.subscribe(this);
        } catch (Throwable ex) {
            if (ended) {
                dispatch.unsignalled(ex);
            } else {
                onError(ex);
            }
        }
    }

    /** Returns true at the first call. */
    final boolean end() {
        boolean first = !ended;
        ended = true;
        return first;
    }

    @Override
    public final Context currentContext() {
        return dispatch.context();
    }

    @Override
    public final void onSubscribe(Subscription subscription) {
        dispatch.hold(subscription);
    }

    @Override
    public void onNext(T value) {}

    @Override
    public void onError(Throwable cause) {
        if (end()) {
            dispatch.failed(cause);
        }
    }

    @Override
    public void onComplete() {
        if (end()) {
            dispatch.completed();
        }
    }
}
