package io.fasterapi.server;

import io.fasterapi.route.Route;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/** Waits until the application has answered a failure, or could not. Called on any thread. */
final class FailureAnswered implements CoreSubscriber<Void> {

    private static final System.Logger LOGGER = System.getLogger(SideDoorExchange.class.getName());

    private final Route route;
    private final Runnable then;

    FailureAnswered(Route route, Runnable then) {
        this.route = route;
        this.then = then;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Void nothing) {}

    @Override
    public void onError(Throwable cause) {
        LOGGER.log(System.Logger.Level.ERROR, route + ": no answer to a failure", cause);
        then.run();
    }

    @Override
    public void onComplete() {
        then.run();
    }
}
