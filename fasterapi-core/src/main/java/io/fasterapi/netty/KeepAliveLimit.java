package io.fasterapi.netty;

import io.netty.channel.Channel;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;

/**
 * How many requests a connection may bring. The last one is Reactor Netty's, which ends the
 * connection with its answer. Owned by the connection's event loop.
 */
final class KeepAliveLimit {

    /*
     * Reactor Netty counts the requests of a connection in its own object for that, which is an
     * AtomicLong. What is answered early is counted there, too, so the sum is right whoever
     * answers. Where that object is none, every request is Reactor Netty's.
     */
    private static final int UNLIMITED = -1;

    private final int most;
    private @Nullable AtomicLong count;

    KeepAliveLimit(int most) {
        this.most = most;
    }

    /** Returns whether the next request is for Reactor Netty to end the connection with. */
    boolean isReached(Channel channel) {
        if (most == UNLIMITED) {
            return false;
        }
        AtomicLong requests = count;
        if (requests == null && Connection.from(channel) instanceof AtomicLong found) {
            count = found;
            requests = found;
        }
        return requests == null || requests.get() >= most - 1;
    }

    /** A request was answered that Reactor Netty never saw. */
    void answered() {
        AtomicLong requests = count;
        if (requests != null) {
            requests.incrementAndGet();
        }
    }
}
