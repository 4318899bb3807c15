package io.fasterapi.netty;

import io.fasterapi.admission.Ending;
import java.util.function.Consumer;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.netty.http.server.HttpServerResponse;

/** Reactor Netty took a response: passes that on. On the event loop. */
final class Sent implements CoreSubscriber<Void> {

    private final HttpServerResponse response;
    private final CoreSubscriber<? super Void> actual;
    private final Consumer<Ending> first;

    /**
     * Creates a subscriber to a response that is being sent.
     *
     * @param actual what the server waits for
     * @param first is called before it is told
     */
    Sent(HttpServerResponse response, CoreSubscriber<? super Void> actual, Consumer<Ending> first) {
        this.response = response;
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
        first.accept(Ending.FAILED);
        ExchangeEnd.failed(response, actual, cause);
    }

    @Override
    public void onComplete() {
        first.accept(Ending.ANSWERED);
        ExchangeEnd.answered(response, actual);
    }
}
