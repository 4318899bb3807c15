package io.fasterapi.netty;

import io.fasterapi.admission.Refusals;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Whether a connection's requests are refused: once one was refused in the usual way, those that
 * follow and name the same host are judged early, until one is not refused. Owned by the
 * connection's event loop.
 */
final class EarlyRefusals {

    private final FrontDoor server;
    private @Nullable String host;

    EarlyRefusals(FrontDoor server) {
        this.server = server;
    }

    /** A request is refused in the usual way. */
    void refused(HttpRequest request) {
        host = server.hostOf(request.headers());
    }

    /** Returns whether a request is to be judged. */
    boolean judges(HttpRequest request) {
        return host != null && host.equals(server.hostOf(request.headers()));
    }

    /** Returns what a request is answered, or null if it is not refused. */
    Refusals.@Nullable Answer judge(HttpRequest request, EventLoop loop) {
        Refusals.Answer answer = server.refusal(request, loop);
        if (answer == null) {
            host = null;
        }
        return answer;
    }
}
