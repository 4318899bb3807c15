package io.fasterapi.netty;

import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.core.CoreOptions;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.core.WaitMode;
import io.fasterapi.placement.Placement;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.route.RouteTree;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerState;

/** A real server whose direct routes come in by the side door. Owned by the test's thread. */
final class DoorServer implements AutoCloseable {

    static final int MAX_BODY = 1000;
    static final int RING = 4;

    /** What the recorder was told of one request. */
    record Recorded(String route, String method, int status, @Nullable Throwable failure) {}

    final ConcurrencyLimiter limiter = new ConcurrencyLimiter();
    final List<Recorded> recorded = new CopyOnWriteArrayList<>();
    final List<Long> nanos = new CopyOnWriteArrayList<>();
    final HandlerCores cores;
    private final DisposableServer server;

    DoorServer(Placement placement, FastRoutes.Builder routes) {
        this(placement, routes, FailureAnswer.plain());
    }

    DoorServer(Placement placement, FastRoutes.Builder routes, FailureAnswer failures) {
        this(1, RING, placement, routes, failures);
    }

    DoorServer(
            int count,
            int ring,
            Placement placement,
            FastRoutes.Builder routes,
            FailureAnswer failures) {
        cores = new HandlerCores(new CoreOptions(count, ring, WaitMode.PARK, false, "door-core-"));
        cores.start();
        SideDoor door =
                new SideDoor(
                        RouteTree.of(routes.build().routes()),
                        cores,
                        new SideDoorOptions(placement, new TinyJson(), failures, limiter, MAX_BODY),
                        (route, method, status, failure, time) -> {
                            nanos.add(time);
                            recorded.add(new Recorded(route.name(), method, status, failure));
                        });
        server =
                HttpServer.create()
                        .host("127.0.0.1")
                        .port(0)
                        .protocol(HttpProtocol.HTTP11, HttpProtocol.H2C)
                        .childObserve(DoorServer::preset)
                        .route(door::addTo)
                        .bindNow();
    }

    /** As an application may: for every request, before anything handles it. */
    private static void preset(Connection connection, ConnectionObserver.State state) {
        if (state == HttpServerState.REQUEST_RECEIVED
                && connection instanceof HttpServerResponse response) {
            response.header("x-preset", "kept");
        }
    }

    int port() {
        return server.port();
    }

    /** Returns a client of that protocol with connections of its own. */
    HttpClient client(HttpProtocol protocol) {
        return HttpClient.newConnection()
                .protocol(protocol)
                .host("127.0.0.1")
                .port(port())
                .responseTimeout(Duration.ofSeconds(20));
    }

    /** Stops the cores before their time is over; loops go on. */
    void stopCores() {
        cores.stop(Duration.ofSeconds(10));
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(10));
        stopCores();
    }
}
