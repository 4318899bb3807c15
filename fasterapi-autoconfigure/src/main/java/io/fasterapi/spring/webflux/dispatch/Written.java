package io.fasterapi.spring.webflux.dispatch;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * Subscribes to a response that Reactor Netty has taken. Its failures concern the connection, not
 * the handler chain.
 */
final class Written implements CoreSubscriber<Void> {

    private static final Log LOGGER = LogFactory.getLog(Written.class);

    @Override
    public void onSubscribe(Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Void nothing) {}

    @Override
    public void onError(Throwable cause) {
        LOGGER.debug("an answer could not be written", cause);
    }

    @Override
    public void onComplete() {}
}
