package io.fasterapi.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.admission.Ending;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.route.RouteRecorder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.netty.NettyPipeline;

/** When the front door serves a request no more, though it is a plain one. */
class Http1ConnectionTest {

    private static final String PLAIN = RawClient.get("/plain");

    private final AtomicInteger calls = new AtomicInteger();
    private final WiredServer server =
            new WiredServer(
                    FastRoutes.builder()
                            .get("/plain", (req, res) -> res.text("plain"))
                            .get(
                                    "/no-body",
                                    (req, res) -> {
                                        calls.incrementAndGet();
                                        res.status(204).text("no");
                                    }));
    private RawClient client;

    @BeforeEach
    void makeTheHostKnown() throws IOException {
        client = new RawClient(server.port());
        assertThat(exchange()).endsWith("plain");
        assertThat(server.door.servedCount()).isZero();
        assertThat(exchange()).endsWith("plain");
        assertThat(server.door.servedCount()).isOne();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    private String exchange() throws IOException {
        client.send(PLAIN);
        return client.receive();
    }

    @Test
    void aClientThatDoesNotReadIsNotServed() throws Exception {
        server.wire.hold();
        client.send(PLAIN);
        await().until(() -> server.recorded.size() == 3);
        assertThat(server.door.servedCount()).isEqualTo(2);
        client.send(PLAIN);
        await().until(() -> server.recorded.size() == 4);
        assertThat(server.door.servedCount()).isEqualTo(2);

        server.wire.release();
        assertThat(client.receive()).endsWith("plain");
        assertThat(client.receive()).endsWith("plain");
        assertThat(exchange()).endsWith("plain");
        assertThat(server.door.servedCount()).isEqualTo(3);
    }

    /** The second request came with the first, at whose answer the connection has ended. */
    @Test
    void aConnectionThatHasEndedIsNotServed() throws Exception {
        server.wire.closeAtAnswer();
        client.send(PLAIN + PLAIN);
        await().until(() -> server.wire.ended.get() == 1);

        assertThat(server.door.servedCount()).isEqualTo(2);
        await().until(() -> server.limiter.count() == 0);
    }

    @Test
    void whatIsLostOnTheWayToReactorNettyLosesNoMemory() throws Exception {
        Channel channel = server.wire.channels.get(0);
        channel.eventLoop()
                .submit(
                        () ->
                                channel.pipeline()
                                        .addBefore(
                                                NettyPipeline.HttpTrafficHandler,
                                                "swallows",
                                                new Swallowing()))
                .sync();
        client.send(RawClient.get("/no-body"));
        await().until(() -> server.recorded.size() == 3);

        assertThat(calls).hasValue(1);
        assertThat(server.recorded).endsWith(RouteRecorder.STATUS_UNKNOWN);
        assertThat(server.limiter.ended(Ending.GONE)).isOne();
        await().until(() -> server.limiter.count() == 0 && server.usedBytes() == 0);
    }

    /** Takes every message. */
    private static final class Swallowing extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            ReferenceCountUtil.release(msg);
        }
    }
}
