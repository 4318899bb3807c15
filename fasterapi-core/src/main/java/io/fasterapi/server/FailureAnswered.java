package io.fasterapi.server;

import io.fasterapi.exchange.Passage;
import io.fasterapi.http.BufferedResponse;
import io.fasterapi.route.Route;
import java.util.function.Consumer;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.util.context.Context;

/** Waits until the application has answered a failure, or could not. Called on any thread. */
final class FailureAnswered implements CoreSubscriber<Void> {

    private static final System.Logger LOGGER = System.getLogger(SideDoorExchange.class.getName());

    private final Route route;
    private final Passage passage;
    private final BufferedResponse response;
    private final CoreSubscriber<? super Void> server;
    private final Consumer<Runnable> then;

    /**
     * Prepares to wait.
     *
     * @param server waits for the end
     * @param then takes what tells it, for the event loop to run
     */
    FailureAnswered(
            Route route,
            Passage passage,
            BufferedResponse response,
            CoreSubscriber<? super Void> server,
            Consumer<Runnable> then) {
        this.route = route;
        this.passage = passage;
        this.response = response;
        this.server = server;
        this.then = then;
    }

    /** Lets the application answer. */
    void begin(
            FailureAnswer failures,
            HttpServerRequest request,
            HttpServerResponse nativeResponse,
            Throwable cause) {
        try {
            failures.answer(request, nativeResponse, cause).subscribe(this);
        } catch (RuntimeException | Error ex) {
            onError(ex);
        }
    }

    @Override
    public Context currentContext() {
        return passage.in(Context.empty());
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        response.onCancel(subscription::cancel);
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Void nothing) {}

    @Override
    public void onError(Throwable cause) {
        LOGGER.log(System.Logger.Level.ERROR, route + ": no answer to a failure", cause);
        then.accept(() -> server.onError(cause));
    }

    @Override
    public void onComplete() {
        then.accept(server::onComplete);
    }
}
