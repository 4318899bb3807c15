package io.fasterapi.netty;

import io.fasterapi.admission.Verdict;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What serves some of a server's requests, and can tell beforehand which it would refuse. */
@FunctionalInterface
public interface EarlyDoor {

    /**
     * Judges a well-formed request of HTTP/1.1 that nothing has handled yet. One that is refused
     * has been counted and recorded.
     *
     * @param loop the event loop of its connection, which calls this
     */
    Verdict judge(HttpRequest request, EventLoop loop);

    /**
     * Opens a call for an ordinary request of HTTP/1.1 that nothing has handled yet, unless that is
     * to be Reactor Netty's. On the event loop of its connection.
     *
     * @param body all of the request's body, the caller's; empty if it has none
     * @param host what the request names as its host, which is known
     * @return null if the request goes to Reactor Netty; nothing has been done then
     */
    default @Nullable EarlyCall open(
            HttpRequest request, List<ByteBuf> body, String host, Channel channel) {
        return null;
    }
}
