package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.admission.UnsignalledErrors;
import io.fasterapi.netty.ExchangeEnd;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.util.context.Context;

/**
 * The work of a WebSocket handler. It ends exactly once, also after an exception. It runs on the
 * session's core; any thread may end it.
 */
final class GuardedSession extends MonoOperator<Void, Void> {

    GuardedSession(Mono<Void> handled) {
        super(handled);
    }

    @Override
    public void subscribe(CoreSubscriber<? super Void> actual) {
        Guard guard = new Guard(actual);
        try {
            source.subscribe(guard);
        } catch (Throwable ex) {
            guard.fail(ex);
        }
    }

    private static final class Guard
            implements CoreSubscriber<Void>, Subscription, UnsignalledErrors {

        private final CoreSubscriber<? super Void> actual;
        private final Context context;
        private final AtomicBoolean ended = new AtomicBoolean();
        private volatile @Nullable Subscription upstream;

        Guard(CoreSubscriber<? super Void> actual) {
            this.actual = actual;
            this.context = in(actual.currentContext());
        }

        @Override
        public Context currentContext() {
            return context;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            upstream = subscription;
            actual.onSubscribe(this);
        }

        @Override
        public void onNext(Void nothing) {}

        @Override
        public void onError(Throwable cause) {
            if (ended.compareAndSet(false, true)) {
                actual.onError(ExchangeEnd.signal(cause));
            } else {
                UnsignalledErrors.log(cause);
            }
        }

        @Override
        public void onComplete() {
            if (ended.compareAndSet(false, true)) {
                actual.onComplete();
            }
        }

        @Override
        public void fail(Throwable cause) {
            if (!ended.compareAndSet(false, true)) {
                UnsignalledErrors.log(cause);
                return;
            }
            if (upstream == null) {
                actual.onSubscribe(this);
            } else {
                UnsignalledErrors.cancel(upstream);
            }
            actual.onError(ExchangeEnd.signal(cause));
        }

        @Override
        public void request(long n) {
            Subscription source = upstream;
            if (source != null) {
                source.request(n);
            }
        }

        @Override
        public void cancel() {
            UnsignalledErrors.cancel(upstream);
        }
    }
}
