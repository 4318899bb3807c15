package io.fasterapi.netty;

import io.fasterapi.admission.Admission;
import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.codec.BodyWriters;
import io.fasterapi.core.CoreOptions;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.core.ThreadWorkers;
import io.fasterapi.core.WaitMode;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.Placements;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.route.RouteTree;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRoutes;
import reactor.netty.resources.LoopResources;

/**
 * A real server with a front door, one event loop, one core, and a {@link Wire}. Owned by the
 * test's thread.
 */
final class WiredServer implements AutoCloseable {

    static final Duration LONG = Duration.ofSeconds(20);

    final Wire wire = new Wire();
    final FrontDoor door = new FrontDoor();
    final ConcurrencyLimiter limiter = new ConcurrencyLimiter();
    final List<Integer> recorded = new CopyOnWriteArrayList<>();
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private final LoopResources loops = LoopResources.create("wired", 1, true);
    final HandlerCores cores =
            new HandlerCores(new CoreOptions(1, 64, WaitMode.PARK, false, "wired-core-"));
    final GracefulClose graceful = new GracefulClose();
    private final DisposableServer server;

    WiredServer(FastRoutes.Builder routes) {
        this(routes, more -> {});
    }

    /**
     * Starts the server.
     *
     * @param more adds what it serves besides
     */
    WiredServer(FastRoutes.Builder routes, Consumer<HttpServerRoutes> more) {
        this(routes, more, plain -> plain);
    }

    /**
     * Starts the server.
     *
     * @param as what else is said of the server
     */
    WiredServer(
            FastRoutes.Builder routes,
            Consumer<HttpServerRoutes> more,
            UnaryOperator<HttpServer> as) {
        cores.start();
        SideDoorOptions options =
                new SideDoorOptions(
                        Placements.of(Placement.INLINE),
                        ThreadWorkers.pooled(),
                        new TinyJson(),
                        BodyWriters.of(new TinyJson()),
                        FailureAnswer.plain(),
                        Admission.of(limiter),
                        1000);
        SideDoor side =
                new SideDoor(
                        RouteTree.of(routes.build().routes()),
                        cores,
                        options,
                        (route, method, status, failure, nanos) -> recorded.add(status));
        door.add(side);
        HttpServer plain = as.apply(HttpServer.create()).host("127.0.0.1").port(0).runOn(loops);
        server =
                wire.addTo(
                                graceful.addTo(
                                        door.addTo(
                                                plain.route(all -> more.accept(side.addTo(all))),
                                                () -> true)))
                        .childOption(ChannelOption.ALLOCATOR, allocator)
                        .bindNow();
    }

    int port() {
        return server.port();
    }

    /** Returns how many bytes of the connections' buffers have not been given back. */
    long usedBytes() {
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }

    @Override
    public void close() {
        wire.release();
        server.disposeNow(LONG);
        cores.stop(LONG);
        loops.disposeLater(Duration.ZERO, LONG).block(LONG);
    }
}
