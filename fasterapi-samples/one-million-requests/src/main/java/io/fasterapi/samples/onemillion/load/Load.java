package io.fasterapi.samples.onemillion.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.TimeUnit;

/** Opens the connections of one run and sends all events. One thread calls it. */
final class Load implements AutoCloseable {

    private final LoadOptions options;
    private final boolean epoll = Epoll.isAvailable();
    private final EventLoopGroup loops;

    Load(LoadOptions options) {
        this.options = options;
        this.loops =
                new MultiThreadIoEventLoopGroup(
                        options.threads(),
                        epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    /** Begins; returns where it stands, of which the end is a part. */
    Tally start() {
        int connections = Math.min(options.connections(), options.requests());
        Tally tally = new Tally(options.requests(), connections);
        Bootstrap bootstrap =
                new Bootstrap()
                        .group(loops)
                        .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .handler(
                                new ChannelInitializer<SocketChannel>() {
                                    @Override
                                    protected void initChannel(SocketChannel channel) {
                                        channel.pipeline().addLast(new LoadConnection(tally));
                                    }
                                });
        for (int i = 0; i < connections; i++) {
            bootstrap
                    .connect("127.0.0.1", options.port())
                    .addListener(
                            connected -> {
                                if (!connected.isSuccess()) {
                                    tally.broken(connected.cause());
                                }
                            });
        }
        return tally;
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
