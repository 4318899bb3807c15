package io.fasterapi.netty;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.fasterapi.admission.Admission;
import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.codec.BodyWriters;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.core.ThreadWorkers;
import io.fasterapi.placement.ConcurrencyLimit;
import io.fasterapi.placement.LoadLimits;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.Placements;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.route.Route;
import io.fasterapi.route.RouteTree;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A server with a side door, and with a front door or without. */
final class Doors {

    static final String LAST = "GET /plain HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n";

    volatile boolean closesLate;

    final FrontDoor door = new FrontDoor();
    final ConcurrencyLimiter limiter = new ConcurrencyLimiter();
    final List<String> recorded = new CopyOnWriteArrayList<>();
    final DisposableServer server;

    Doors(boolean bare, FastRoutes routes, HandlerCores cores, Placement placement) {
        this(bare, routes.routes(), cores, placement);
    }

    Doors(boolean bare, List<Route> routes, HandlerCores cores, Placement placement) {
        SideDoorOptions options =
                new SideDoorOptions(
                        new Placements(
                                placement,
                                template -> null,
                                new LoadLimits(() -> ConcurrencyLimit.fixed(1), "/plain"::equals)),
                        ThreadWorkers.pooled(),
                        new TinyJson(),
                        BodyWriters.of(new TinyJson()),
                        FailureAnswer.plain(),
                        Admission.of(limiter),
                        1000);
        SideDoor sideDoor =
                new SideDoor(
                        RouteTree.of(routes),
                        cores,
                        options,
                        (route, method, status, failure, nanos) ->
                                recorded.add(method + ' ' + route.name() + ' ' + status));
        door.add(sideDoor);
        HttpServer plain =
                HttpServer.create()
                        .host("127.0.0.1")
                        .port(0)
                        .httpRequestDecoder(spec -> spec.maxChunkSize(64)); // bodies come in parts
        server =
                door.addTo(plain.route(sideDoor::addTo), () -> bare)
                        .doOnChannelInit((o, channel, a) -> channel.pipeline().addFirst(late()))
                        .bindNow();
    }

    /** Closes a little later, if the test says so, as where the client does not read. */
    private ChannelOutboundHandlerAdapter late() {
        return new ChannelOutboundHandlerAdapter() {
            @Override
            public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
                if (closesLate) {
                    ctx.executor().schedule(() -> ctx.close(promise), 200, MILLISECONDS);
                } else {
                    ctx.close(promise);
                }
            }
        };
    }

    String transcript(String requests) throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            client.send(requests + LAST);
            return client.textToTheEnd();
        }
    }
}
