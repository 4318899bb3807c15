package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.watch.Activity;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;

/**
 * Lets the watchdog see what an {@link HttpHandler} does on the event loop, and changes nothing. On
 * cores the core sees to that.
 */
final class WatchedHttpHandler implements HttpHandler {

    private final HttpHandler delegate;

    WatchedHttpHandler(HttpHandler delegate) {
        this.delegate = delegate;
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        return new Watched(delegate.handle(request, response));
    }

    /** Filters and handlers run when this is subscribed to. */
    private static final class Watched extends MonoOperator<Void, Void> {

        Watched(Mono<Void> source) {
            super(source);
        }

        @Override
        public void subscribe(CoreSubscriber<? super Void> actual) {
            Activity activity = Activity.current();
            Object outer = activity.begin(WebFluxRoute.UNKNOWN);
            try {
                source.subscribe(actual);
            } finally {
                WebFluxRoute.forget();
                activity.end(outer);
            }
        }
    }
}
