package io.fasterapi.netty;

import io.fasterapi.admission.RequestPermit;
import io.fasterapi.admission.UnsignalledErrors;
import io.fasterapi.http.BufferedResponse;
import io.fasterapi.log.SafeLog;
import io.fasterapi.route.Route;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.util.context.Context;

/** Waits until the application has answered a failure, or could not. Called on any thread. */
final class FailureAnswered extends AtomicBoolean
        implements CoreSubscriber<Void>, UnsignalledErrors {

    private static final long serialVersionUID = 1L;

    private static final System.Logger LOGGER = System.getLogger(SideDoorExchange.class.getName());

    private final transient Route route;
    private final transient Context context;
    private final transient BufferedResponse response;
    private final transient Consumer<@Nullable Throwable> then;

    /**
     * Creates what waits for an answer.
     *
     * @param then is told of the end: null, or why there is no answer
     */
    FailureAnswered(
            Route route,
            RequestPermit permit,
            BufferedResponse response,
            Consumer<@Nullable Throwable> then) {
        this.route = route;
        this.context = in(permit.in(Context.empty()));
        this.response = response;
        this.then = then;
    }

    /** Runs on a thread that may block if there is one, else here. */
    static void elsewhere(Runnable task) {
        try {
            Schedulers.boundedElastic().schedule(task);
        } catch (Throwable full) {
            task.run();
        }
    }

    /** Lets the application answer. */
    void begin(
            FailureAnswer failures,
            HttpServerRequest request,
            HttpServerResponse nativeResponse,
            Throwable cause) {
        try {
            failures.answer(request, nativeResponse, cause).subscribe(this);
        } catch (Throwable ex) {
            onError(ex);
        }
    }

    @Override
    public Context currentContext() {
        return context;
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
        fail(cause);
    }

    @Override
    public void fail(Throwable cause) {
        if (compareAndSet(false, true)) {
            SafeLog.error(
                    LOGGER,
                    () -> route + ": the failure of its handler could not be answered",
                    cause);
            then.accept(cause);
        } else {
            UnsignalledErrors.log(cause);
        }
    }

    @Override
    public void onComplete() {
        if (compareAndSet(false, true)) {
            then.accept(null);
        }
    }
}
