package io.fasterapi.server;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpRequest;

/** What serves some of a server's requests, and can tell beforehand which it would refuse. */
@FunctionalInterface
public interface EarlyDoor {

    /** What becomes of a request. */
    enum Verdict {
        /** Another door's. */
        FOREIGN,
        /** It comes in, or may be refused later. */
        ADMITTED,
        /** It would be refused at its arrival, which has been counted and recorded. */
        REFUSED
    }

    /**
     * Judges a well-formed request of HTTP/1.1 that nothing has handled yet.
     *
     * @param loop the event loop of its connection, which calls this
     */
    Verdict judge(HttpRequest request, EventLoop loop);
}
