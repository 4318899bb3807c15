package io.fasterapi.server;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AttributeKey;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerConfig;

/**
 * Refuses requests of a server before Reactor Netty has seen them, for a fraction of the CPU: on
 * connections of HTTP/1.1 one of whose requests was refused just before, and for as long as its
 * doors would refuse the next. Nothing is refused early where the server does anything for a
 * request but have it handled. Thread-safe.
 */
public final class EarlyRefusals {

    private static final AttributeKey<EarlyRefusals> OF_SERVER =
            AttributeKey.valueOf(EarlyRefusals.class, "server");

    private static final int UNLIMITED = -1;

    private final List<EarlyDoor> doors = new CopyOnWriteArrayList<>();
    private final LongAdder count = new LongAdder();
    private volatile @Nullable EarlyDoor lastDoor;
    private volatile boolean possible;

    /**
     * Watches the connections of a server.
     *
     * @param bare asked when the server starts: whether nobody but Reactor Netty and the doors does
     *     anything for a request
     */
    public HttpServer addTo(HttpServer server, BooleanSupplier bare) {
        return server.doOnBind(config -> possible = isBare(config) && bare.getAsBoolean())
                .doOnChannelInit((observer, channel, address) -> opened(channel))
                .doOnUnbound(unbound -> doors.clear());
    }

    private static boolean isBare(HttpServerConfig config) {
        return config.maxKeepAliveRequests() == UNLIMITED
                && config.idleTimeout() == null
                && !config.isForwarded();
    }

    private void opened(Channel channel) {
        if (possible) {
            channel.attr(OF_SERVER).set(this);
        }
    }

    /** Adds a door behind those that were added before, until the server stops. */
    public void add(EarlyDoor door) {
        doors.add(door);
    }

    /** Sets the door that a request comes to when it is no other's. */
    public void setLast(EarlyDoor door) {
        lastDoor = door;
    }

    /** Returns how many requests were refused early. */
    public long count() {
        return count.sum();
    }

    /** A request of a connection is about to be refused in the usual way. On its event loop. */
    static void refused(Channel channel) {
        EarlyRefusals ofServer = channel.attr(OF_SERVER).get();
        if (ofServer != null) {
            EarlyRefusal.refused(channel, ofServer);
        }
    }

    /** Returns whether a request would be refused, which has been counted then. */
    boolean refuses(HttpRequest request, EventLoop loop) {
        for (int i = 0; i < doors.size(); i++) {
            EarlyDoor.Verdict verdict = doors.get(i).judge(request, loop);
            if (verdict != EarlyDoor.Verdict.FOREIGN) {
                return counted(verdict);
            }
        }
        EarlyDoor door = lastDoor;
        return door != null && counted(door.judge(request, loop));
    }

    private boolean counted(EarlyDoor.Verdict verdict) {
        if (verdict != EarlyDoor.Verdict.REFUSED) {
            return false;
        }
        count.increment();
        return true;
    }
}
