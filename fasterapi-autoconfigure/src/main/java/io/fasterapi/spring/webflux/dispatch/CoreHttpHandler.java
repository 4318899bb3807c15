package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.admission.Admission;
import io.fasterapi.admission.Verdict;
import io.fasterapi.netty.EarlyCall;
import io.fasterapi.netty.EarlyDoor;
import io.fasterapi.netty.EarlyTries;
import io.fasterapi.netty.ExchangeEnd;
import io.fasterapi.netty.FrontDoor;
import io.fasterapi.netty.Workers;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.RoutePlacement;
import io.fasterapi.route.QueryString;
import io.fasterapi.watchdog.Activity;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpRequest;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpLogging;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Runs an {@link HttpHandler} in the placement of each request's route. Event loops call it. A
 * response that is not Reactor Netty's own is handled on the calling thread, as without this class.
 */
public final class CoreHttpHandler implements HttpHandler, EarlyDoor {

    /** Spring's logger of requests, whose lines contain Reactor Netty's name for the request. */
    private static final Log LOGGER = HttpLogging.forLogName(ServerHttpRequest.class);

    private final ConcurrentMap<RoutePlacement, EarlyRoute> routes = new ConcurrentHashMap<>();
    private final RequestUris uris = new RequestUris();
    private final HttpHandler delegate;
    private final RequestPlacements places;
    private final Workers workers;

    /**
     * Creates the handler.
     *
     * @param places finds the placement of a request
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
            EarlyExchange begun = begun(request, operations);
            if (begun != null) {
                return begun.goOn(request, reactorResponse);
            }
            try {
                return placed(places.of(request), request, response, reactorResponse);
            } catch (Throwable ex) {
                return Mono.error(ExchangeEnd.signal(ex)); // a shard key has failed
            }
        }
        return delegate.handle(request, response);
    }

    /** Returns the exchange of a request that was begun early, or null. */
    private @Nullable EarlyExchange begun(
            ServerHttpRequest request, ChannelOperations<?, ?> operations) {
        HttpServerRequest original = (HttpServerRequest) operations;
        EarlyExchange begun =
                FrontDoor.take(
                        operations.channel(), original.requestHeaders(), EarlyExchange.class);
        if (begun == null) {
            uris.learn(
                    FrontDoor.hostOf(operations.channel(), original.requestHeaders()),
                    original.uri(),
                    request.getURI());
        }
        return begun;
    }

    private Mono<Void> placed(
            RequestPlacements.Place place,
            ServerHttpRequest request,
            ServerHttpResponse response,
            HttpServerResponse reactorResponse) {
        RoutePlacement placement = place.placement();
        Placement where = placement.now();
        if (where == Placement.INLINE && isLeftAlone(placement)) {
            return new Watched(
                    delegate.handle(
                            new GuardedRequest(request),
                            GuardedResponse.of(response, reactorResponse)),
                    reactorResponse);
        }
        if (where == Placement.INLINE) {
            return new InlineCall(delegate, request, response, reactorResponse, placement, workers);
        }
        CoreExchange exchange = new CoreExchange(reactorResponse, delegate, workers, place, where);
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super Void> actual) {
                if (Workers.isWithinExchange(actual.currentContext())) {
                    new GuardedExchange(reactorResponse, actual, actual.currentContext())
                            .handle(Mono.defer(() -> delegate.handle(request, response)));
                } else {
                    exchange.begin(request, response, actual);
                }
            }
        };
    }

    /** Returns Reactor Netty's response behind WebFlux's. Null for another server or a mock. */
    static @Nullable ChannelOperations<?, ?> nativeResponse(ServerHttpResponse response) {
        Object found;
        try {
            found = ServerHttpResponseDecorator.getNativeResponse(response);
        } catch (IllegalStateException | IllegalArgumentException mockOrForeign) {
            return null;
        }
        return found instanceof ChannelOperations<?, ?> operations ? operations : null;
    }

    /** Returns whether such a request is not counted when it runs on its event loop. */
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
        return inline && isLeftAlone(placement)
                ? Verdict.ADMITTED
                : workers.admission().arrival(placement.load(), inline, loop);
    }

    @Override
    public @Nullable EarlyCall open(
            HttpRequest request, List<ByteBuf> body, String host, Channel channel) {
        String uri = request.uri();
        int query = uri.indexOf('?');
        MappedRoutes.Placed mapped =
                places.mapped(request.method().name(), query < 0 ? uri : uri.substring(0, query));
        if (mapped == null || places.hasBasePath() || LOGGER.isDebugEnabled()) {
            return null;
        }
        RoutePlacement placement = mapped.placement();
        Placement where = placement.now();
        if (!mayBegin(placement, where, channel)) {
            return null;
        }
        EarlyRoute route = routes.get(placement); // get never waits, computeIfAbsent may
        if (route == null) {
            route = routes.computeIfAbsent(placement, each -> earlyRoute(mapped));
        }
        URI made = route.tries().isWorthwhile() ? uris.of(host, uri) : null;
        return made == null ? null : new EarlyExchange(route, where, request, made, body, channel);
    }

    private boolean mayBegin(RoutePlacement placement, Placement where, Channel channel) {
        Admission admission = workers.admission();
        return where == Placement.INLINE
                ? admission.servesInline(placement.load(), channel.eventLoop())
                : FrontDoor.mayWait(channel) && admission.serves(placement.load());
    }

    private EarlyRoute earlyRoute(MappedRoutes.Placed mapped) {
        return new EarlyRoute(
                delegate,
                mapped.placement(),
                mapped.ofAny() == null ? places : null,
                workers,
                new EarlyTries());
    }

    /**
     * Handles a request on its event loop under the watch of the watchdog, and makes sure that it
     * ends. On cores the core does that.
     */
    private static final class Watched extends MonoOperator<Void, Void> {

        private final HttpServerResponse response;

        Watched(Mono<Void> source, HttpServerResponse response) {
            super(source);
            this.response = response;
        }

        @Override
        public void subscribe(CoreSubscriber<? super Void> actual) {
            Activity activity = Activity.current();
            Object outer = activity.begin(WebFluxRoute.UNKNOWN);
            try {
                new GuardedExchange(response, actual, actual.currentContext()).handle(source);
            } finally {
                WebFluxRoute.forget();
                activity.end(outer);
            }
        }
    }
}
