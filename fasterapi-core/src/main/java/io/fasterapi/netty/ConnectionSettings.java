package io.fasterapi.netty;

import io.fasterapi.log.SafeLog;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * What the settings of a server ask of the requests of one connection besides their answers. Owned
 * by the connection's event loop.
 */
final class ConnectionSettings {

    private static final System.Logger LOGGER =
            System.getLogger(ConnectionSettings.class.getName());

    private final KeepAliveLimit limit;
    private final @Nullable Compression compression;
    private final @Nullable EarlyAccessLog log;
    private boolean judged;
    private boolean bare;

    /**
     * Creates those of a connection.
     *
     * @param compression null if nothing is compressed
     * @param log null if nothing is logged here
     */
    ConnectionSettings(
            KeepAliveLimit limit, @Nullable Compression compression, @Nullable EarlyAccessLog log) {
        this.limit = limit;
        this.compression = compression;
        this.log = log;
    }

    /** A request has arrived; returns whether they let it be answered early. */
    boolean allowEarly(Channel channel) {
        EarlyAccessLog asked = log;
        if (!judged) {
            judged = true;
            bare = BarePipeline.is(channel.pipeline(), asked != null);
        }
        if (asked != null) {
            asked.arrived();
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

    /**
     * A request is being answered that Reactor Netty never saw. If that cannot be logged it is
     * answered all the same.
     *
     * @return what to write the answer with
     */
    ChannelPromise answered(
            ChannelHandlerContext ctx, HttpRequest request, FullHttpResponse answer) {
        limit.answered();
        EarlyAccessLog asked = log;
        try {
            return asked == null || !asked.isOn()
                    ? ctx.voidPromise()
                    : asked.answered(ctx, request, answer);
        } catch (Throwable ex) {
            SafeLog.error(LOGGER, () -> "an early answer could not be logged", ex);
            return ctx.voidPromise();
        }
    }
}
