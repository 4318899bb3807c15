package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.admission.UnsignalledErrors;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/**
 * WebFlux's handler chain for one {@link CoreExchange} and how it ended. Any thread may end it.
 * Signals after the end are logged.
 */
final class CoreChain implements CoreSubscriber<Void>, UnsignalledErrors {

    private final CoreExchange exchange;
    private final Context context;
    private volatile @Nullable Subscription upstream;
    private volatile @Nullable Throwable failure;
    private volatile boolean done;
    private volatile boolean cancelled;

    CoreChain(CoreExchange exchange, Context context) {
        this.exchange = exchange;
        this.context = in(context);
    }

    @Override
    public Context currentContext() {
        return context;
    }

    boolean isDone() {
        return done;
    }

    /** Returns the failure, or null. */
    @Nullable Throwable failure() {
        return failure;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        upstream = subscription;
        subscription.request(Long.MAX_VALUE);
        if (cancelled) {
            cancel();
        }
    }

    @Override
    public void onNext(Void nothing) {}

    @Override
    public void onError(Throwable cause) {
        finish(cause);
    }

    @Override
    public void onComplete() {
        finish(null);
    }

    @Override
    public void fail(Throwable cause) {
        if (done) {
            UnsignalledErrors.log(cause);
        } else {
            cancel();
            finish(cause);
        }
    }

    /** The exchange has been given up. If the chain still begins, it is cancelled at once. */
    void giveUp() {
        cancelled = true;
    }

    /** Cancels the chain if it runs. On the worker. */
    void cancel() {
        Subscription chain = upstream;
        if (chain != null && !done) {
            try {
                chain.cancel();
            } catch (Throwable ex) {
                UnsignalledErrors.log(ex);
            }
        }
    }

    private void finish(@Nullable Throwable cause) {
        if (!done) {
            failure = cause;
            exchange.finishing();
            done = true;
            exchange.returnToLoop();
        }
    }
}
