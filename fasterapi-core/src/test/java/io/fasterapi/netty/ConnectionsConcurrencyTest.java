package io.fasterapi.netty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.admission.Refusals;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Four event loops open and close connections at the same time. */
class ConnectionsConcurrencyTest {

    private static final int LIMIT = 7;
    private static final int CLIENTS = 60;

    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(4, LocalIoHandler.newFactory());
    private final Queue<Channel> accepted = new ConcurrentLinkedQueue<>();
    private final Connections connections =
            new Connections(
                    new ConnectionLimits(LIMIT, Long.MAX_VALUE), path -> false, Refusals.plain());
    private final Channel server =
            new ServerBootstrap()
                    .group(loops)
                    .channel(LocalServerChannel.class)
                    .childHandler(
                            new ChannelInitializer<>() {
                                @Override
                                protected void initChannel(Channel channel) {
                                    accepted.add(channel);
                                    connections.opened(channel);
                                }
                            })
                    .bind(LocalAddress.ANY)
                    .syncUninterruptibly()
                    .channel();

    @AfterEach
    void stop() {
        loops.shutdownGracefully(0, 10, SECONDS).syncUninterruptibly();
    }

    private void connect(int clients) {
        for (int i = 0; i < clients; i++) {
            new Bootstrap()
                    .group(loops)
                    .channel(LocalChannel.class)
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(server.localAddress());
        }
    }

    @Test
    void asManyAsTheLimitAreOpenAndNoMore() {
        for (int round = 1; round <= 20; round++) {
            int seen = round * CLIENTS;
            connect(CLIENTS);
            await().atMost(20, SECONDS).until(() -> accepted.size() == seen);
            long refused = (long) round * (CLIENTS - LIMIT);
            await().atMost(20, SECONDS).until(() -> connections.refusedConnections() == refused);
            assertThat(connections.open()).isEqualTo(LIMIT);
            accepted.forEach(Channel::close);
            await().atMost(20, SECONDS).until(() -> connections.open() == 0);
        }
    }

    @Test
    void whatWaitsToBeWrittenIsThatOfAllLoops() {
        connect(LIMIT);
        await().atMost(20, SECONDS).until(() -> connections.open() == LIMIT);
        assertThat(accepted.stream().map(Channel::eventLoop).distinct().count()).isGreaterThan(1);
        accepted.forEach(channel -> channel.write(Unpooled.wrappedBuffer(new byte[1_000])));
        await().atMost(20, SECONDS).until(() -> connections.unwrittenBytes() >= LIMIT * 1_000);
        Channel first = accepted.remove();
        first.close();
        await().atMost(20, SECONDS)
                .until(
                        () ->
                                connections.unwrittenBytes() >= (LIMIT - 1) * 1_000
                                        && connections.unwrittenBytes() < LIMIT * 1_000);
        accepted.forEach(Channel::close);
        await().atMost(20, SECONDS).until(() -> connections.unwrittenBytes() == 0);
        assertThat(connections.open()).isZero();
    }
}
