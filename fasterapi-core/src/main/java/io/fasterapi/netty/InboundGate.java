package io.fasterapi.netty;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2StreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * Holds back what follows on a connection, or on a stream of HTTP/2, while a core works for it.
 * Owned by the event loop, which alone may call it.
 */
public interface InboundGate {

    /**
     * Returns the gate of a channel, putting it into the pipeline at the first call, or null where
     * there is nothing to hold back.
     */
    static @Nullable InboundGate of(Channel channel) {
        return channel instanceof Http2StreamChannel stream
                ? StreamGate.of(stream)
                : Http1Connection.of(channel);
    }

    /**
     * Sets what happens when the connection is lost, in place of what was set before. Reactor Netty
     * cancels an exchange then, but not one that it has answered itself (a malformed request behind
     * an unfinished response) and whose handler still goes on.
     *
     * @param action gives up the exchange that the connection serves now
     */
    void onConnectionLost(Runnable action);

    /** Forgets the action of an ended exchange, unless a later exchange has set its own. */
    void forget(@Nullable Runnable action);

    /** Work of this connection leaves for a core. */
    void hopBegins();

    /**
     * Work of this connection has come back, and what it brought has been written.
     *
     * @param count how many hops have ended
     */
    void hopsEnded(int count);
}
