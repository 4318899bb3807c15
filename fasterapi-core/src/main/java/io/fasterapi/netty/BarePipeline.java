package io.fasterapi.netty;

import io.netty.channel.ChannelPipeline;
import java.util.Set;
import reactor.netty.NettyPipeline;

/** Tells whether a connection's requests come from the codec to the application untouched. */
final class BarePipeline {

    /** What is between the codec and the application if nobody has asked for more. */
    private static final Set<String> KNOWN =
            Set.of(
                    Http1Connection.NAME,
                    NettyPipeline.IdleTimeoutHandler,
                    NettyPipeline.HttpTrafficHandler,
                    GracefulClose.NAME,
                    NettyPipeline.ReactiveBridge);

    private BarePipeline() {}

    /**
     * Returns whether nobody has put anything between the codec and the application.
     *
     * @param logged whether Reactor Netty's access log may be there
     */
    static boolean is(ChannelPipeline pipeline, boolean logged) {
        boolean codec = false;
        boolean traffic = false;
        for (String name : pipeline.names()) {
            if (name.equals(NettyPipeline.HttpCodec)) {
                codec = true;
            } else if (codec && pipeline.context(name) != null && !KNOWN.contains(name)) {
                if (!logged || !name.equals(NettyPipeline.AccessLogHandler)) {
                    return false;
                }
            }
            traffic |= name.equals(NettyPipeline.HttpTrafficHandler);
        }
        return codec && traffic;
    }
}
