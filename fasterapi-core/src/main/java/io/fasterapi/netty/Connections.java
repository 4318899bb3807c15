package io.fasterapi.netty;

import io.fasterapi.admission.Refusals;
import io.fasterapi.placement.DrainTime;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ServerChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The open connections of a server and what waits to be written to them, both limited: near a limit
 * connections end with their next answer, at it new connections are closed and, if it is that of
 * the bytes, requests are refused. Thread-safe.
 */
public final class Connections {

    /*
     * What clients do not read stays in direct memory, in the outbound buffers of their
     * connections. Those can be asked from any thread; one event loop does so every few
     * milliseconds while any connection is open. Bytes that HTTP/2's flow control or TLS hold back
     * before such a buffer are not seen.
     *
     * From here on, in percent of a limit, connections are not kept alive: as in Envoy's overload
     * manager.
     */
    private static final int PRESSED_PERCENT = 92;

    private static final long LOOK_MILLIS = 20;

    private final ConnectionLimits limits;
    private final Predicate<String> essential;
    private final Refusals refusals;
    private final Set<Channel> open = ConcurrentHashMap.newKeySet();
    private final LongAdder refusedConnections = new LongAdder();
    private final LongAdder refusedRequests = new LongAdder();
    private final LongAdder notKept = new LongAdder();
    private volatile long unwritten;
    private @Nullable ScheduledFuture<?> looking;

    /**
     * Creates the connections of one server.
     *
     * @param essential tells by its path which request is never refused
     * @param refusals what those that are refused are answered
     */
    public Connections(ConnectionLimits limits, Predicate<String> essential, Refusals refusals) {
        this.limits = limits;
        this.essential = essential;
        this.refusals = refusals;
    }

    /** Watches the connections of a server, unless there is no limit. */
    public HttpServer addTo(HttpServer server) {
        if (!limits.isAny()) {
            return server;
        }
        return server.doOnChannelInit((observer, channel, address) -> opened(channel))
                .mapHandle(this::handle);
    }

    private void opened(Channel channel) {
        if (!(channel.parent() instanceof ServerChannel)) {
            return; // a stream of HTTP/2
        }
        if (!enter(channel)) {
            refusedConnections.increment();
            channel.close();
            return;
        }
        channel.closeFuture().addListener(closed -> closed(channel));
    }

    /** Counts a connection in, unless there are too many; event loops do so one at a time. */
    private synchronized boolean enter(Channel channel) {
        if (open.size() >= limits.connections() || isFull()) {
            return false;
        }
        open.add(channel);
        if (looking == null) {
            looking =
                    channel.eventLoop()
                            .scheduleWithFixedDelay(
                                    this::sum, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
        return true;
    }

    private void closed(Channel channel) {
        open.remove(channel);
        synchronized (this) {
            if (open.isEmpty() && looking != null) {
                looking.cancel(false);
                looking = null;
                unwritten = 0;
            }
        }
    }

    private synchronized void sum() {
        if (looking == null) {
            return; // the last connection has been closed meanwhile
        }
        long bytes = 0;
        for (Channel channel : open) {
            ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
            bytes += buffer == null ? 0 : buffer.totalPendingWriteBytes();
        }
        unwritten = bytes;
    }

    private boolean isFull() {
        return unwritten >= limits.unwrittenBytes();
    }

    private boolean isPressed() {
        return unwritten >= part(limits.unwrittenBytes())
                || open.size() >= part(limits.connections());
    }

    private static long part(long limit) {
        return limit >= Integer.MAX_VALUE * 1024L
                ? limit / 100 * PRESSED_PERCENT
                : (limit * PRESSED_PERCENT + 99) / 100;
    }

    /** Called for every request, on its event loop, before anything handles it. */
    private Mono<Void> handle(Mono<Void> handled, Connection connection) {
        if (!isPressed() || !(connection instanceof HttpServerResponse response)) {
            return handled;
        }
        notKept.increment();
        response.keepAlive(false);
        String path = ((HttpServerRequest) connection).fullPath();
        if (!isFull() || essential.test(path)) {
            return handled;
        }
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super Void> actual) {
                refusedRequests.increment();
                actual.onSubscribe(Operators.emptySubscription());
                Refusal.send(response, actual, refusals.of(path, DrainTime.UNKNOWN_NANOS));
            }
        };
    }

    /** Returns whether there is any limit. */
    public boolean isLimited() {
        return limits.isAny();
    }

    /** Returns how many connections are open; 0 without limits. */
    public int open() {
        return open.size();
    }

    /** Returns how many bytes waited to be written when it was last looked at; 0 without limits. */
    public long unwrittenBytes() {
        return unwritten;
    }

    /** Returns how many connections were closed at once. */
    public long refusedConnections() {
        return refusedConnections.sum();
    }

    /** Returns how many requests were refused because too many bytes waited. */
    public long refusedRequests() {
        return refusedRequests.sum();
    }

    /** Returns for how many requests near a limit their connection was not kept. */
    public long notKept() {
        return notKept.sum();
    }
}
