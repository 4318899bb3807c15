package io.fasterapi.netty;

import io.fasterapi.admission.Refusals;
import io.fasterapi.placement.DrainTime;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
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
     * connections. Each event loop asks those of its own connections, every few milliseconds while
     * it has any, and adds what has changed to the sum of all loops. Accepting a connection waits
     * for nobody. Bytes that HTTP/2's flow control or TLS hold back before such a buffer are not
     * seen.
     *
     * From here on, in percent of a limit, connections are not kept alive: as in Envoy's overload
     * manager.
     */
    private static final int PRESSED_PERCENT = 92;

    private static final long LOOK_MILLIS = 20;

    private final ConnectionLimits limits;
    private final Predicate<String> essential;
    private final Refusals refusals;
    private final Map<EventLoop, OfLoop> loops = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong unwritten = new AtomicLong();
    private final LongAdder refusedConnections = new LongAdder();
    private final LongAdder refusedRequests = new LongAdder();
    private final LongAdder notKept = new LongAdder();

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

    /** A channel was made. On its event loop. */
    void opened(Channel channel) {
        if (!(channel.parent() instanceof ServerChannel)) {
            return; // a stream of HTTP/2
        }
        if (isFull() || !enter()) {
            refusedConnections.increment();
            channel.close();
            return;
        }
        OfLoop own = loops.computeIfAbsent(channel.eventLoop(), OfLoop::new);
        own.add(channel);
        channel.closeFuture().addListener(closed -> own.remove(channel));
    }

    /** Counts a connection in, unless there are too many. */
    private boolean enter() {
        int before = open.get();
        while (before < limits.connections()) {
            if (open.compareAndSet(before, before + 1)) {
                return true;
            }
            before = open.get();
        }
        return false;
    }

    /** The open connections of one event loop, which owns them. */
    private final class OfLoop {

        private final EventLoop loop;
        private final Set<Channel> channels = new HashSet<>();
        private @Nullable ScheduledFuture<?> looking;
        private long known;

        OfLoop(EventLoop loop) {
            this.loop = loop;
        }

        void add(Channel channel) {
            assert loop.inEventLoop() : "not on its event loop: " + Thread.currentThread();
            channels.add(channel);
            if (looking == null) {
                looking =
                        loop.scheduleWithFixedDelay(
                                this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
        }

        void remove(Channel channel) {
            assert loop.inEventLoop() : "not on its event loop: " + Thread.currentThread();
            open.decrementAndGet();
            channels.remove(channel);
            if (channels.isEmpty()) {
                found(0);
                if (looking != null) {
                    looking.cancel(false);
                    looking = null;
                }
            }
        }

        private void look() {
            long bytes = 0;
            for (Channel channel : channels) {
                ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
                bytes += buffer == null ? 0 : buffer.totalPendingWriteBytes();
            }
            found(bytes);
        }

        private void found(long bytes) {
            if (bytes != known) {
                unwritten.addAndGet(bytes - known);
                known = bytes;
            }
        }
    }

    private boolean isFull() {
        return unwritten.get() >= limits.unwrittenBytes();
    }

    private boolean isPressed() {
        return unwritten.get() >= part(limits.unwrittenBytes())
                || open.get() >= part(limits.connections());
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
        return open.get();
    }

    /** Returns how many bytes waited to be written when it was last looked at; 0 without limits. */
    public long unwrittenBytes() {
        return unwritten.get();
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
