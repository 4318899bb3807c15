package io.fasterapi.spring.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRoutes;
import reactor.netty.resources.LoopResources;

/** A server that an application calls. It counts the connections. */
public final class Upstream implements AutoCloseable {

    /** The length of its longest answer. */
    public static final int HUGE = 100_000_000;

    private static final String TEXT = "0123456789";

    private final Set<Object> connections = ConcurrentHashMap.newKeySet();
    private final CountDownLatch hungUp = new CountDownLatch(1);

    /** Its own, because a closing context disposes of the global ones. */
    private final LoopResources loops = LoopResources.create("upstream", 1, true);

    private final DisposableServer server;

    /** Starts the server on a port of its own. */
    public Upstream() {
        server =
                HttpServer.create()
                        .runOn(loops)
                        .host("127.0.0.1")
                        .port(0)
                        .doOnConnection(connection -> connections.add(connection.channel().id()))
                        .route(this::routes)
                        .bindNow(Duration.ofSeconds(20));
    }

    private void routes(HttpServerRoutes routes) {
        routes.get("/small", (in, out) -> out.sendString(Mono.just(TEXT.repeat(20))))
                .get(
                        "/once",
                        (in, out) -> out.header("Connection", "close").sendString(Mono.just(TEXT)))
                .get("/huge", (in, out) -> out.header("Content-Length", "" + HUGE).send(huge()))
                .ws("/echo", (in, out) -> out.sendString(in.receive().asString()))
                .get("/big", (in, out) -> out.sendString(Mono.just(TEXT.repeat(10_000))))
                .get("/long", (in, out) -> out.sendString(lines(3_000)))
                .get("/sse", (in, out) -> out.sse().sendString(lines(5)))
                .get(
                        "/endless",
                        (in, out) ->
                                out.sendString(
                                        lines(1).concatWith(Flux.never()).doOnCancel(this::gone)))
                .get("/broken", (in, out) -> out.status(503).sendString(Mono.just("broken")));
    }

    private static Flux<ByteBuf> huge() {
        byte[] part = TEXT.repeat(HUGE / 1_000 / TEXT.length()).getBytes(US_ASCII);
        return Flux.range(0, 1_000).map(i -> Unpooled.wrappedBuffer(part));
    }

    private void gone() {
        hungUp.countDown();
    }

    private static Flux<String> lines(int count) {
        return Flux.range(0, count).map(i -> "data:" + i + TEXT.repeat(3) + "\n\n");
    }

    /** Returns the address. */
    public String url() {
        return "http://127.0.0.1:" + server.port();
    }

    /** Returns the connections that were ever made. */
    public Set<Object> connections() {
        return connections;
    }

    /** Waits until the client of an endless answer has gone. */
    public boolean awaitHangUp() throws InterruptedException {
        return hungUp.await(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(20));
        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(5)).block(Duration.ofSeconds(20));
    }
}
