package io.fasterapi.netty;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * What the settings of a server ask of the requests of one connection besides their answers. Owned
 * by the connection's event loop.
 */
final class ConnectionSettings {

    private final KeepAliveLimit limit;
    private final @Nullable Compression compression;
    private boolean judged;
    private boolean bare;

    /**
     * Creates those of a connection.
     *
     * @param compression null if nothing is compressed
     */
    ConnectionSettings(KeepAliveLimit limit, @Nullable Compression compression) {
        this.limit = limit;
        this.compression = compression;
    }

    /** Returns whether they let the next request be answered early. */
    boolean allowEarly(Channel channel) {
        if (!judged) {
            judged = true;
            bare = BarePipeline.is(channel.pipeline());
        }
        return bare && !limit.isReached(channel);
    }

    /** Returns whether a request may be refused early. */
    boolean allowRefusal(HttpRequest request) {
        Compression asked = compression;
        return asked == null || !asked.mayTakeRefusal(request.headers());
    }

    /** Returns whether they leave the answer of a call as it is. */
    boolean allowPlain(HttpRequest request, EarlyCall call) {
        Compression asked = compression;
        return asked == null || call.isRefused() || !asked.takes(request.headers(), call.headers());
    }

    /** A request was answered that Reactor Netty never saw. */
    void answered() {
        limit.answered();
    }
}
