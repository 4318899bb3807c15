package io.fasterapi.bench.openloop;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's part of a stream: sends what is due, over connections of its own. Owned by that
 * event loop.
 */
final class Share {

    /*
     * A step sends everything that is due and sleeps, in the event loop's own poll, until the next
     * request is due or the oldest one times out. A step that comes late, since the loop was busy or
     * the machine slow, sends a burst: the requests keep their intended times, and nothing is skipped.
     *
     * Every due request goes through the queue, so they leave in the order of their times. Idle
     * connections are used in turn, longest idle first, and a new one is opened only when none is
     * idle: as many are open as were ever needed at once, and all of them carry load.
     *
     * The timeout bounds the wait for a connection and then, anew, the wait for the answer. If both
     * were one, an overloaded server would get only requests that are about to be given up.
     */
    private final EventLoop loop;
    private final Bootstrap bootstrap;
    private final ByteBuf request;
    private final Arrivals arrivals;
    private final Limits limits;
    private final Tally tally;
    private final WaitingTimes waiting;
    private final Set<Connection> busy = new LinkedHashSet<>(); // oldest request first
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final CompletableFuture<Tally> done = new CompletableFuture<>();
    private int open;

    /**
     * Creates a share.
     *
     * @param bootstrap connects to the server, on one event loop
     * @param request the encoded request, released at the end
     * @param arrivals when to send
     * @param limits how much to hold
     * @param tally where to count
     */
    Share(Bootstrap bootstrap, ByteBuf request, Arrivals arrivals, Limits limits, Tally tally) {
        this.loop = (EventLoop) bootstrap.config().group();
        this.bootstrap = bootstrap;
        this.request = request;
        this.arrivals = arrivals;
        this.limits = limits;
        this.tally = tally;
        this.waiting = new WaitingTimes(limits.waiting());
    }

    /** Begins; the result is complete when every request has been answered or given up. */
    CompletableFuture<Tally> start() {
        loop.execute(this::step);
        return done;
    }

    private void step() {
        if (done.isDone()) {
            return;
        }
        try {
            long now = System.nanoTime();
            giveUp(now);
            while (arrivals.hasNext() && arrivals.due() - now <= 0) {
                long due = arrivals.due();
                arrivals.advance();
                tally.due(due, now - due);
                if (!waiting.offer(due)) {
                    tally.dropped(due);
                }
                dispatch();
            }
            if (!isOver()) {
                loop.schedule(this::step, next() - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } catch (RuntimeException | Error e) {
            done.completeExceptionally(e);
        }
    }

    /** When there is something to do at the latest; there must be something. */
    private long next() {
        long next = arrivals.hasNext() ? arrivals.due() : System.nanoTime() + limits.timeoutNanos();
        Iterator<Connection> underWay = busy.iterator();
        if (underWay.hasNext()) {
            next = earlier(next, underWay.next().deadline());
        }
        if (!waiting.isEmpty()) {
            next = earlier(next, waiting.peek() + limits.timeoutNanos());
        }
        return next;
    }

    private static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }

    private void giveUp(long now) {
        Iterator<Connection> underWay = busy.iterator();
        while (underWay.hasNext()) {
            Connection connection = underWay.next();
            if (connection.deadline() - now > 0) {
                break;
            }
            underWay.remove();
            tally.timedOut(connection.intended());
            retire(connection);
        }
        while (!waiting.isEmpty() && waiting.peek() + limits.timeoutNanos() - now <= 0) {
            tally.timedOut(waiting.poll());
        }
        dispatch();
    }

    /** Sends what waits, as far as there are connections for it. */
    private void dispatch() {
        while (!waiting.isEmpty()) {
            Connection connection = nextIdle();
            boolean fresh = connection == null;
            if (connection == null) {
                if (open == limits.connections()) {
                    return;
                }
                connection = new Connection(this, request);
            }
            long intended = waiting.poll();
            busy.add(connection);
            tally.sent(intended);
            connection.send(intended, System.nanoTime() + limits.timeoutNanos());
            if (fresh) {
                connect(connection);
            }
        }
    }

    private @Nullable Connection nextIdle() {
        Connection connection = idle.poll();
        while (connection != null && connection.isRetired()) {
            connection = idle.poll();
        }
        return connection;
    }

    private void connect(Connection connection) {
        open++;
        ChannelFuture connected = bootstrap.clone().handler(pipelineOf(connection)).connect();
        connected.addListener(
                opening -> {
                    if (!opening.isSuccess()) {
                        connection.lost();
                    }
                });
    }

    private static ChannelInitializer<Channel> pipelineOf(Connection connection) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addLast(
                                new HttpResponseDecoder(
                                        new HttpDecoderConfig().setValidateHeaders(false)))
                        .addLast(connection);
            }
        };
    }

    /** A connection has a complete answer to its request. */
    void answered(Connection connection, int status, boolean keepAlive) {
        boolean asked = busy.remove(connection);
        if (asked) {
            tally.answered(connection.intended(), System.nanoTime(), status);
        }
        if (asked && keepAlive) {
            idle.add(connection);
        } else {
            retire(connection);
        }
        goOn();
    }

    /** A connection was closed by the server, broke, or could not be opened. */
    void lost(Connection connection) {
        if (busy.remove(connection)) {
            tally.failed(connection.intended());
        }
        retire(connection);
        goOn();
    }

    private void goOn() {
        dispatch();
        isOver();
    }

    private void retire(Connection connection) {
        open--;
        connection.retire();
    }

    /** True at the end, which it makes known. */
    private boolean isOver() {
        if (done.isDone()) {
            return true;
        }
        if (arrivals.hasNext() || !busy.isEmpty() || !waiting.isEmpty()) {
            return false;
        }
        idle.forEach(Connection::retire);
        request.release();
        return done.complete(tally);
    }
}
