package io.fasterapi.bench.openloop;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.NoopAddressResolverGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One run of a plan, on event loops of its own. The thread that calls it waits for the end. */
final class LoadRun {

    private static final double NANOS = 1e9;
    private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long MARGIN_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Plan plan;
    private final long start = System.nanoTime() + LEAD_NANOS;

    private LoadRun(Plan plan) {
        this.plan = plan;
    }

    /**
     * Sends what the plan says, and waits until every request has been answered or given up.
     *
     * @throws InterruptedException if this thread is interrupted meanwhile
     * @throws ExecutionException if the generator itself failed
     * @throws TimeoutException if the generator did not come to its end in time
     */
    static Report run(Plan plan) throws InterruptedException, ExecutionException, TimeoutException {
        IoHandlerFactory transport =
                Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(plan.threads(), transport);
        try {
            return new LoadRun(plan).on(loops);
        } finally {
            loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS);
        }
    }

    private Report on(EventLoopGroup loops)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<List<CompletableFuture<Tally>>> started = new ArrayList<>();
        plan.streams().forEach(stream -> started.add(new ArrayList<>()));
        for (int share = 0; share < plan.threads(); share++) {
            EventLoop loop = loops.next();
            for (int stream = 0; stream < plan.streams().size(); stream++) {
                started.get(stream).add(share(stream, share, loop).start());
            }
        }
        List<StreamReport> reports = new ArrayList<>();
        for (int stream = 0; stream < started.size(); stream++) {
            Tally sum = tally();
            for (CompletableFuture<Tally> part : started.get(stream)) {
                sum.add(part.get(longest(), TimeUnit.NANOSECONDS));
            }
            reports.add(StreamReport.of(plan.streams().get(stream), plan.seconds(), sum));
        }
        return new Report(plan.port(), plan.warmSeconds(), plan.seconds(), reports);
    }

    private Share share(int index, int share, EventLoop loop) {
        RequestStream stream = plan.streams().get(index);
        double phase = (index + 0.5) / plan.streams().size();
        return new Share(
                bootstrap(loop),
                stream.encoded(plan.port()),
                new Arrivals(
                        start,
                        stream,
                        plan.warmSeconds() + plan.seconds(),
                        phase,
                        share,
                        plan.threads()),
                plan.limits().dividedBy(plan.threads()),
                tally());
    }

    private Tally tally() {
        return new Tally(
                start + (long) (plan.warmSeconds() * NANOS), (long) (plan.seconds() * NANOS));
    }

    private long longest() {
        double seconds = plan.warmSeconds() + plan.seconds();
        return (long) (seconds * NANOS) + 2 * plan.limits().timeoutNanos() + MARGIN_NANOS;
    }

    private Bootstrap bootstrap(EventLoop loop) {
        Class<? extends Channel> type =
                Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
        return new Bootstrap()
                .group(loop)
                .channel(type)
                .option(ChannelOption.TCP_NODELAY, true)
                .resolver(NoopAddressResolverGroup.INSTANCE)
                .remoteAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), plan.port()));
    }
}
