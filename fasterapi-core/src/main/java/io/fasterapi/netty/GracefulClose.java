package io.fasterapi.netty;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServer;

/**
 * Lets no accepted request go unanswered when the server shuts down. Shared by all connections;
 * each calls it on its own event loop.
 */
@ChannelHandler.Sharable
public final class GracefulClose extends ChannelOutboundHandlerAdapter {

    /*
     * Reactor Netty's graceful shutdown looks at every connection once, from its own thread: one
     * that serves a request is closed after it, any other is told to close. Until that reaches the
     * event loop a request may have come in. Where handlers run on the event loop it is answered by
     * then; where they run on cores it would be lost. So from the beginning of a shutdown a close
     * that meets a request under way waits for its end.
     *
     * It overlooks a connection whose request ends in that moment: that one stays open and goes on
     * serving. And event loops without a quiet period may end without closing what they have. So
     * what is left is closed here, at the very end.
     *
     * What Reactor Netty told the connections, and what cores handed back, are tasks of the event
     * loops: both have happened once each loop has run a task that was submitted after them.
     */
    static final String NAME = "fasterapi.gracefulClose";

    private static final long POLL_MILLIS = 5;

    private final AtomicInteger postponed = new AtomicInteger();
    private final Set<EventLoop> loops = ConcurrentHashMap.newKeySet();
    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private volatile boolean shuttingDown;
    private volatile boolean atTheEnd;

    /** Adds this handler to every connection of a server. */
    public HttpServer addTo(HttpServer server) {
        return server.doOnChannelInit(
                (observer, channel, address) -> {
                    loops.add(channel.eventLoop());
                    if (channel.parent() instanceof ServerChannel) { // no stream of HTTP/2
                        open.add(channel);
                    }
                    channel.pipeline().addLast(NAME, this);
                });
    }

    /** A shutdown begins, or, with false, the server starts (again). */
    public void shuttingDown(boolean begun) {
        shuttingDown = begun;
        atTheEnd = false;
        if (!begun) {
            loops.clear();
        }
    }

    /**
     * Waits until the event loops have run what was submitted to them before.
     *
     * @param limit how long to wait at most
     */
    public void awaitLoops(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        List<Future<?>> marks = new ArrayList<>();
        for (EventLoop loop : loops) {
            if (!loop.isShuttingDown()) {
                marks.add(loop.submit(() -> {}));
            }
        }
        for (Future<?> mark : marks) {
            mark.await(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
    }

    /**
     * Waits until every postponed close has happened.
     *
     * @param limit how long to wait at most
     */
    public void awaitClosed(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (postponed.get() > 0 && System.nanoTime() < end) {
            Thread.sleep(POLL_MILLIS);
        }
    }

    /**
     * Closes the connections that are left, whatever they are at.
     *
     * @param limit how long to wait for that at most
     */
    public void closeAll(Duration limit) throws InterruptedException {
        atTheEnd = true;
        open.close().await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        EarlyRequests early = Http1Connection.early(ctx.channel());
        if (shuttingDown && !atTheEnd && early != null && early.isUnderWay()) {
            postponed.incrementAndGet();
            early.afterwards(
                    () -> {
                        postponed.decrementAndGet();
                        close(ctx, promise);
                    });
            return;
        }
        if (shuttingDown && !atTheEnd) {
            ChannelOperations<?, ?> operations = ChannelOperations.get(ctx.channel());
            if (operations != null && !operations.isDisposed()) {
                postponed.incrementAndGet();
                operations
                        .onTerminate()
                        .doFinally(
                                signal -> {
                                    postponed.decrementAndGet();
                                    ctx.close(promise);
                                })
                        .subscribe();
                return;
            }
        }
        ctx.close(promise);
    }
}
