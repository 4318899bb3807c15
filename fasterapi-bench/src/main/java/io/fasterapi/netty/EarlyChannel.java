package io.fasterapi.netty;

import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.core.CoreOptions;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.core.WaitMode;
import io.fasterapi.http.JsonCodec;
import io.fasterapi.placement.Placement;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.route.RouteRecorder;
import io.fasterapi.route.RouteTree;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import java.nio.charset.StandardCharsets;
import reactor.netty.NettyPipeline;

/**
 * A connection without a socket whose requests are answered early; not public API, so it is here.
 */
public final class EarlyChannel {

    private static final byte[] JSON =
            "{\"message\":\"Hello, World!\"}".getBytes(StandardCharsets.US_ASCII);

    private EarlyChannel() {}

    /**
     * Opens one that answers {@code GET /json}.
     *
     * @param host what its requests name as their host
     */
    public static EmbeddedChannel open(String host) {
        FastRoutes routes =
                FastRoutes.builder()
                        .get("/json", (request, response) -> response.json(JSON))
                        .get("/users/{id}", (request, response) -> response.json(JSON))
                        .get("/users/{id}/orders", (request, response) -> response.json(JSON))
                        .post("/users", (request, response) -> response.json(JSON))
                        .get("/plaintext", (request, response) -> response.text("Hello, World!"))
                        .build();
        SideDoor side =
                new SideDoor(
                        RouteTree.of(routes.routes()),
                        new HandlerCores(new CoreOptions(1, 64, WaitMode.PARK, false, "bench-")),
                        new SideDoorOptions(
                                Placement.INLINE,
                                new Written(),
                                FailureAnswer.plain(),
                                new ConcurrencyLimiter(),
                                1000),
                        RouteRecorder.none());
        side.reachable();
        FrontDoor door = new FrontDoor();
        door.add(side);
        door.learn(host);
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.pipeline()
                .addLast(NettyPipeline.HttpCodec, new HttpServerCodec())
                .addLast(NettyPipeline.HttpTrafficHandler, new ChannelInboundHandlerAdapter());
        ResponseEncoder.addTo(channel.pipeline(), new HttpDecoderConfig());
        Http1Connection.addTo(channel, door);
        return channel;
    }

    /** Writes what is JSON already. */
    private static final class Written implements JsonCodec {

        @Override
        public <T> T read(byte[] json, Class<T> type) {
            throw new UnsupportedOperationException("read");
        }

        @Override
        public void write(Object value, ByteBuf out) {
            out.writeBytes((byte[]) value);
        }
    }
}
