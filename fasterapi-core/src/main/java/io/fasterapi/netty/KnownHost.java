package io.fasterapi.netty;

import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * The host that a connection's requests name, if it is a known one: Spring looks at the host, so it
 * has to have seen it before. Owned by the connection's event loop.
 */
final class KnownHost {

    private final FrontDoor server;
    private @Nullable String last;

    KnownHost(FrontDoor server) {
        this.server = server;
    }

    /** Returns whether a request names a known host. */
    boolean isNamedBy(HttpRequest request) {
        String named = server.hostOf(request.headers());
        if (named == null) {
            return false;
        }
        if (!named.equals(last)) {
            if (!server.isKnown(named)) {
                return false;
            }
            last = named;
        }
        return true;
    }

    /** Returns the last known host that was named, or null. */
    @Nullable String last() {
        return last;
    }
}
