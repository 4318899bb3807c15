package io.fasterapi.server;

import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/** Reactor Netty took a response: passes that on. On the event loop. */
final class Sent implements CoreSubscriber<Void> {

    private final CoreSubscriber<? super Void> actual;
    private final Runnable first;

    /**
     * Creates a subscriber to a response that is being sent.
     *
     * @param actual what the server waits for
     * @param first runs before it is told
     */
    Sent(CoreSubscriber<? super Void> actual, Runnable first) {
        this.actual = actual;
        this.first = first;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Void nothing) {}

    @Override
    public void onError(Throwable cause) {
        first.run();
        actual.onError(cause);
    }

    @Override
    public void onComplete() {
        first.run();
        actual.onComplete();
    }
}
