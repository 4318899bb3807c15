package io.fasterapi.fuzz;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import io.fasterapi.admission.Admission;
import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.admission.Ending;
import io.fasterapi.codec.BodyWriters;
import io.fasterapi.core.CoreOptions;
import io.fasterapi.core.HandlerCore;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.core.ThreadWorkers;
import io.fasterapi.core.WaitMode;
import io.fasterapi.http.JsonCodec;
import io.fasterapi.netty.FrontDoor;
import io.fasterapi.netty.SideDoor;
import io.fasterapi.netty.SideDoorOptions;
import io.fasterapi.placement.ConcurrencyLimit;
import io.fasterapi.placement.LoadLimits;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.Placements;
import io.fasterapi.route.RouteTree;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/**
 * A real server: ours with every lane, or Reactor Netty alone, which answers the same by plain
 * handlers. Thread-safe.
 */
final class FuzzServer implements AutoCloseable {

    static final int MOST_BODY_BYTES = 70_000;

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int MANY = 100_000;

    final FrontDoor door = new FrontDoor();
    final FuzzRoutes routes;
    private final boolean ours;
    private final ConcurrencyLimiter inFlight = new ConcurrencyLimiter(MANY);
    private final Placements placements =
            new Placements(
                    Placement.INLINE,
                    template -> null,
                    new LoadLimits(() -> ConcurrencyLimit.fixed(MANY), template -> false));
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final LoopResources loops = LoopResources.create("fuzz", 2, true);
    private final HandlerCores cores =
            new HandlerCores(new CoreOptions(2, 1024, WaitMode.PARK, false, "fuzz-core-"));
    private final DisposableServer server;

    FuzzServer(boolean ours, FuzzRoutes routes) {
        this.ours = ours;
        this.routes = routes;
        cores.start();
        HttpServer plain =
                HttpServer.create()
                        .host("0.0.0.0")
                        .port(0)
                        .runOn(loops)
                        .childOption(ChannelOption.ALLOCATOR, allocator);
        SideDoor side = side();
        HttpServer complete =
                ours
                        ? door.addTo(plain.route(all -> routes.addTo(side.addTo(all))), () -> true)
                        : door.addTo(plain.route(routes::addAllTo), () -> false);
        server =
                complete.doOnChannelInit(
                                (observer, channel, address) ->
                                        channel.pipeline().addFirst(new Cutter()))
                        .bindNow();
    }

    private SideDoor side() {
        SideDoorOptions options =
                new SideDoorOptions(
                        placements,
                        ThreadWorkers.pooled(),
                        new NoJson(),
                        BodyWriters.of(new NoJson()),
                        routes::failed,
                        Admission.of(inFlight),
                        MOST_BODY_BYTES);
        SideDoor side =
                new SideDoor(
                        RouteTree.of(routes.fast().routes()),
                        cores,
                        options,
                        (route, method, status, failure, nanos) -> {});
        door.add(side);
        return side;
    }

    int port() {
        return server.port();
    }

    /** Returns how many requests have crossed a ring. */
    long published() {
        return cores.cores().stream().mapToLong(HandlerCore::published).sum();
    }

    /** Returns how many exchanges of ours were refused. */
    long refused() {
        return inFlight.ended(Ending.REFUSED) + door.refusedCount();
    }

    /** Waits until nothing is under way, no permit is held and every byte was given back. */
    void awaitIdle() {
        await("in flight").atMost(LONG).until(() -> inFlight.count() == 0);
        await("permits")
                .atMost(LONG)
                .until(() -> placements.routes().stream().allMatch(r -> r.load().underWay() == 0));
        for (HandlerCore core : cores.cores()) {
            await("ring").atMost(LONG).until(() -> core.remaining() == core.capacity());
        }
        await("memory").atMost(20, SECONDS).until(() -> usedBytes() == 0);
    }

    long usedBytes() {
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }

    @Override
    public void close() {
        server.disposeNow(LONG);
        cores.stop(LONG);
        loops.disposeLater(Duration.ZERO, LONG).block(LONG);
    }

    @Override
    public String toString() {
        return ours ? "ours" : "Reactor Netty alone";
    }

    /** No route has JSON. */
    private static final class NoJson implements JsonCodec {

        @Override
        public void write(Object value, ByteBuf target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> T read(byte[] source, Class<T> type) {
            throw new UnsupportedOperationException();
        }
    }
}
