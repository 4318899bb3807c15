package io.fasterapi.server;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
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
     */
    private static final String NAME = "fasterapi.gracefulClose";

    private static final long POLL_MILLIS = 5;

    private final AtomicInteger postponed = new AtomicInteger();
    private volatile boolean shuttingDown;

    /** Adds this handler to every connection of a server. */
    public HttpServer addTo(HttpServer server) {
        return server.doOnChannelInit(
                (observer, channel, address) -> channel.pipeline().addLast(NAME, this));
    }

    /** A shutdown begins, or, with false, the server starts (again). */
    public void shuttingDown(boolean begun) {
        shuttingDown = begun;
    }

    /**
     * Waits until every postponed close has happened.
     *
     * @param limit how long to wait at most
     * @return how many connections were still open at the end
     */
    public int awaitClosed(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (postponed.get() > 0 && System.nanoTime() < end) {
            Thread.sleep(POLL_MILLIS);
        }
        return postponed.get();
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (shuttingDown) {
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
