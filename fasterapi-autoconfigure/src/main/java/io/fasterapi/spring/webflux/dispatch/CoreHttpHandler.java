package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.placement.Placement;
import io.fasterapi.placement.RoutePlacement;
import io.fasterapi.route.QueryString;
import io.fasterapi.server.EarlyDoor;
import io.fasterapi.server.Workers;
import io.fasterapi.watch.Activity;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Runs an {@link HttpHandler} where each request's route was placed. Called on event loops. A
 * response that is not Reactor Netty's own is handled where it is, as without this class.
 */
public final class CoreHttpHandler implements HttpHandler, EarlyDoor {

    private final HttpHandler delegate;
    private final RequestPlacements places;
    private final Workers workers;

    /**
     * Creates the handler.
     *
     * @param places finds where a request runs
     */
    public CoreHttpHandler(HttpHandler delegate, RequestPlacements places, Workers workers) {
        this.delegate = delegate;
        this.places = places;
        this.workers = workers;
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        ChannelOperations<?, ?> operations = nativeResponse(response);
        if (operations instanceof HttpServerResponse reactorResponse
                && operations.channel().eventLoop().inEventLoop()) {
            try {
                return placed(places.of(request), request, response, reactorResponse);
            } catch (RuntimeException ex) {
                return Mono.error(ex); // of a shard key
            }
        }
        return delegate.handle(request, response);
    }

    private Mono<Void> placed(
            RequestPlacements.Place place,
            ServerHttpRequest request,
            ServerHttpResponse response,
            HttpServerResponse reactorResponse) {
        RoutePlacement placement = place.placement();
        Placement where = placement.now();
        if (where == Placement.INLINE && isLeftAlone(placement)) {
            return new Watched(delegate.handle(request, response));
        }
        if (where == Placement.INLINE) {
            return new InlineCall(delegate, request, response, reactorResponse, placement, workers);
        }
        CoreExchange exchange = new CoreExchange(reactorResponse, delegate, workers, place, where);
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super Void> actual) {
                if (Workers.isWithinExchange(actual.currentContext())) {
                    Mono.defer(() -> delegate.handle(request, response)).subscribe(actual);
                } else {
                    exchange.begin(request, response, actual);
                }
            }
        };
    }

    /** Returns Reactor Netty's response behind WebFlux's; null for another server's or a mock. */
    static @Nullable ChannelOperations<?, ?> nativeResponse(ServerHttpResponse response) {
        Object found;
        try {
            found = ServerHttpResponseDecorator.getNativeResponse(response);
        } catch (IllegalStateException | IllegalArgumentException mockOrForeign) {
            return null;
        }
        return found instanceof ChannelOperations<?, ?> operations ? operations : null;
    }

    /** Returns whether nothing is counted of a request that runs where it is. */
    private boolean isLeftAlone(RoutePlacement placement) {
        return !placement.isMeasured() && !workers.admission().isAskedInline();
    }

    @Override
    public Verdict judge(HttpRequest request, EventLoop loop) {
        String uri = request.uri();
        int query = uri.indexOf('?');
        if (query >= 0 && !new QueryString(uri.substring(query + 1)).isLegal()) {
            return Verdict.ADMITTED;
        }
        String path = query < 0 ? uri : uri.substring(0, query);
        RoutePlacement placement = places.of(request.method().name(), path);
        if (placement == null) {
            return Verdict.ADMITTED;
        }
        boolean inline = placement.now() == Placement.INLINE;
        return !(inline && isLeftAlone(placement))
                        && workers.admission().refusesArrival(placement.load(), inline, loop)
                ? Verdict.REFUSED
                : Verdict.ADMITTED;
    }

    /**
     * Lets the watchdog see what happens on the event loop, where filters and handlers run when
     * this is subscribed to, and changes nothing. On cores the core sees to that.
     */
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
