package io.fasterapi.netty;

import io.fasterapi.admission.Admission;
import io.fasterapi.admission.Refusals;
import io.fasterapi.admission.RequestPermit;
import io.fasterapi.admission.Verdict;
import io.fasterapi.codec.AnswerSizes;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.RoutePlacement;
import io.fasterapi.route.QueryString;
import io.fasterapi.route.Route;
import io.fasterapi.route.RouteMatch;
import io.fasterapi.route.RouteRecorder;
import io.fasterapi.route.RouteTree;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/**
 * Serves direct routes through Reactor Netty's request and response. Shared by all event loops;
 * each has its own cursor for matching.
 */
public final class SideDoor implements EarlyDoor {

    /*
     * Up to three ask for the route of one request, on its event loop and nearly always one right
     * after the other: the early refusal, the early answer, and Reactor Netty by a predicate, after
     * which it calls the handler. So each loop keeps what it has found last, in its cursor, together
     * with whose that is, and a request is matched once.
     */
    private final RouteTree routes;
    private final Workers workers;
    private final DirectMeans means;
    private final SideDoorOptions options;
    private final RouteState[] states;
    private final FastThreadLocal<LastMatch> lastMatches =
            new FastThreadLocal<>() {
                @Override
                protected LastMatch initialValue() {
                    return new LastMatch();
                }
            };

    /** What begins at the front door may have to go on through this one. */
    private volatile boolean reachable;

    public SideDoor(
            RouteTree routes, HandlerCores cores, SideDoorOptions options, RouteRecorder recorder) {
        this.routes = routes;
        this.workers = new Workers(cores, options.threads(), options.admission());
        this.means = new DirectMeans(workers, options.writers());
        this.options = options;
        this.states =
                routes.routes().stream()
                        .map(
                                route ->
                                        new RouteState(
                                                route,
                                                placement(route),
                                                new AnswerSizes(),
                                                recorder))
                        .toArray(RouteState[]::new);
    }

    private RoutePlacement placement(Route route) {
        return route.shardKey() == null
                ? options.placements().of(route.method(), route.uri(), route.placement())
                : options.placements().sharded(route.method(), route.uri());
    }

    /** Adds the direct routes, as one route, to those of a server. */
    public HttpServerRoutes addTo(HttpServerRoutes serverRoutes) {
        reachable();
        return serverRoutes.route(this::matches, this::serve);
    }

    /** Requests that the server gets come to this door from now on. */
    void reachable() {
        reachable = true;
    }

    /** Returns whether a request is to be served here: one that another door has begun is not. */
    boolean matches(HttpServerRequest request) {
        Channel channel = ((ChannelOperations<?, ?>) request).channel();
        EarlyRequests early = Http1Connection.early(channel);
        return (early == null || !early.hasBegunOther(FrontExchange.class))
                && match(request.method().name(), request.uri(), request.requestHeaders()) != null;
    }

    private @Nullable Route match(String method, String uri, HttpHeaders headers) {
        LastMatch last = lastMatches.get();
        if (!last.isOf(method, uri, headers)) {
            last.forget(); // first: the cursor changes even if this fails
            Route route = find(method, uri, headers);
            last.set(method, uri, headers, route);
        }
        return last.route;
    }

    private @Nullable Route find(String method, String uri, HttpHeaders headers) {
        int query = uri.indexOf('?');
        String path = query < 0 ? uri : uri.substring(0, query);
        if (query >= 0 && !new QueryString(uri.substring(query + 1)).isLegal()) {
            return null;
        }
        RouteMatch match = routes.cursor();
        Route route = routes.match(method, path, match);
        return route != null && route.condition().takes(method, match, headers) ? route : null;
    }

    @Override
    public Verdict judge(HttpRequest request, EventLoop loop) {
        long start = System.nanoTime();
        String method = request.method().name();
        Route route = match(method, request.uri(), request.headers());
        if (route == null) {
            return Verdict.FOREIGN;
        }
        RouteState state = states[route.index()];
        RoutePlacement placement = state.placement();
        boolean inline = placement.now() == Placement.INLINE;
        Verdict verdict = workers.admission().arrival(placement.load(), inline, loop);
        if (verdict instanceof Refusals.Answer answer) {
            int status = answer.status().code();
            state.recorder().record(route, method, status, null, System.nanoTime() - start);
        }
        return verdict;
    }

    /** Returns whether a request is one of a route of this door. On its event loop. */
    boolean owns(HttpRequest request) {
        return reachable
                && match(request.method().name(), request.uri(), request.headers()) != null;
    }

    /**
     * Opens an exchange for the request that {@link #owns} has just found, unless anything but the
     * handler has a say in it.
     *
     * @param body all of the request's body, the caller's; empty if it has none
     */
    @Nullable FrontExchange open(HttpRequest request, List<ByteBuf> body, Channel channel) {
        RouteMatch match = routes.cursor();
        Route route = match.route();
        if (route == null) {
            return null;
        }
        RouteState state = states[route.index()];
        RoutePlacement placement = state.placement();
        Admission admission = workers.admission();
        Placement where = placement.now();
        if (where == Placement.INLINE
                ? !admission.servesInline(placement.load(), channel.eventLoop())
                : !FrontDoor.mayWait(channel) || !admission.serves(placement.load())) {
            return null;
        }
        if (!state.tries().isWorthwhile()) {
            return null;
        }
        byte[] bytes = bytesOf(body);
        if (bytes == null) {
            return null;
        }
        RequestPermit permit = admission.permit(placement.load(), request.headers());
        return new FrontExchange(
                state,
                where,
                permit,
                new DirectRequest(
                        request,
                        route,
                        match.variables(),
                        options.json(),
                        bytes,
                        permit.deadline()),
                channel,
                means);
    }

    /** Returns a copy, or null if that is longer than bodies may be. */
    private byte @Nullable [] bytesOf(List<ByteBuf> body) {
        if (body.isEmpty()) {
            return DirectRequest.EMPTY;
        }
        long length = 0;
        for (ByteBuf each : body) {
            length += each.readableBytes();
        }
        if (length > options.maxBodyBytes()) {
            return null;
        }
        byte[] bytes = new byte[(int) length];
        int copied = 0;
        for (ByteBuf each : body) {
            int more = each.readableBytes();
            each.getBytes(each.readerIndex(), bytes, copied, more);
            copied += more;
        }
        return bytes;
    }

    /** Whose match is in the cursor of an event loop. Of that loop. */
    private static final class LastMatch {

        private @Nullable HttpHeaders headers;
        private String method = "";
        private String uri = "";
        private @Nullable Route route;

        /** The headers are the request's own: the same object. */
        boolean isOf(String otherMethod, String otherUri, HttpHeaders others) {
            return headers == others && uri.equals(otherUri) && method.equals(otherMethod);
        }

        void forget() {
            headers = null;
            route = null;
        }

        void set(String asked, String askedUri, HttpHeaders of, @Nullable Route found) {
            method = asked;
            uri = askedUri;
            headers = of;
            route = found;
        }
    }

    Publisher<Void> serve(HttpServerRequest request, HttpServerResponse response) {
        Channel channel = ((ChannelOperations<?, ?>) response).channel();
        FrontExchange begun =
                FrontDoor.take(channel, request.requestHeaders(), FrontExchange.class);
        if (begun != null) {
            return new SideDoorCall(new SideDoorExchange(begun, response, workers, options));
        }
        RouteMatch match = routes.cursor();
        Route route = match.route();
        if (route == null) {
            throw new IllegalStateException(
                    "route: none (expected: the one that has matched the request)");
        }
        RouteState state = states[route.index()];
        RequestPermit permit =
                workers.admission().permit(state.placement().load(), request.requestHeaders());
        DirectRequest fastRequest =
                new DirectRequest(
                        request, route, match.variables(), options.json(), permit.deadline());
        return new SideDoorCall(
                new SideDoorExchange(state, permit, fastRequest, response, workers, options));
    }
}
