package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.admission.Ending;
import io.fasterapi.admission.UnsignalledErrors;
import io.fasterapi.netty.ExchangeEnd;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;
import reactor.util.context.Context;

/**
 * Makes sure that an exchange which WebFlux handles on its event loop ends exactly once. Subscribed
 * on the event loop; any thread may end it.
 */
class GuardedExchange implements CoreSubscriber<Void>, Subscription, UnsignalledErrors {

    private static final AtomicIntegerFieldUpdater<GuardedExchange> ENDED =
            AtomicIntegerFieldUpdater.newUpdater(GuardedExchange.class, "ended");

    private final HttpServerResponse response;
    private final CoreSubscriber<? super Void> actual;
    private final Context context;
    private volatile @Nullable Subscription upstream;

    @SuppressWarnings("unused") // written through ENDED
    private volatile int ended;

    /**
     * Creates the guard.
     *
     * @param actual Reactor Netty's subscriber, or the one that WebFlux has put before it
     * @param context the context of the exchange
     */
    GuardedExchange(
            HttpServerResponse response, CoreSubscriber<? super Void> actual, Context context) {
        this.response = response;
        this.actual = actual;
        this.context = in(context);
    }

    /** Subscribes to the handler. An exception thrown there is a failure of the exchange. */
    final void handle(Mono<? extends Void> handled) {
        try {
            handled.subscribe(this);
        } catch (Throwable ex) {
            fail(ex);
        }
    }

    /** Called once at the end, before the subscriber is told. */
    void ended(Ending how) {}

    private boolean end(Ending how) {
        boolean first = ENDED.compareAndSet(this, 0, 1);
        if (first) {
            ended(how);
        }
        return first;
    }

    @Override
    public final Context currentContext() {
        return context;
    }

    @Override
    public final void onSubscribe(Subscription subscription) {
        upstream = subscription;
        actual.onSubscribe(this);
    }

    @Override
    public final void onNext(Void nothing) {}

    @Override
    public final void onError(Throwable cause) {
        if (end(Ending.FAILED)) {
            ExchangeEnd.failed(response, actual, cause);
        } else {
            UnsignalledErrors.log(cause);
        }
    }

    @Override
    public final void onComplete() {
        if (end(Ending.ANSWERED)) {
            ExchangeEnd.answered(response, actual);
        }
    }

    @Override
    public final void fail(Throwable cause) {
        if (upstream == null) {
            actual.onSubscribe(this);
        }
        boolean first = ended == 0;
        onError(cause);
        if (first) {
            giveUp();
        }
    }

    @Override
    public final void request(long n) {
        Subscription source = upstream;
        if (source != null) {
            source.request(n);
        }
    }

    @Override
    public final void cancel() {
        end(Ending.GONE);
        giveUp();
    }

    /** Cancels the handler. */
    final void giveUp() {
        UnsignalledErrors.cancel(upstream);
    }
}
