package io.fasterapi.samples.techempower;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.AsciiString;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import reactor.netty.NettyPipeline;

/**
 * Gives every answer the headers Server and Date as it is written. On the event loop of the
 * connection; shared by all of them.
 */
@Component
class ServerHeaders implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

    /*
     * The server's own pipeline is the cheapest place, and the only one that sees all answers: two
     * headers are set, no operator is built, and the Date is that of the answer and not of a request
     * that had to wait. A WebFilter would take the controllers from the direct to the filtered lane,
     * and a ResponseEntity with a Date is written by WebFlux. The Date is formatted once a second.
     */
    private static final AsciiString SERVER = AsciiString.cached("FasterAPI");

    /**
     * A formatted second; replaced as a whole.
     *
     * @param second since 1970
     */
    private record Stamp(long second, AsciiString text) {}

    private final Writer writer = new Writer();

    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        factory.addServerCustomizers(
                server ->
                        server.doOnChannelInit(
                                (observer, channel, remote) -> addTo(channel.pipeline())));
    }

    private void addTo(ChannelPipeline pipeline) {
        if (pipeline.get(NettyPipeline.HttpTrafficHandler) != null) {
            pipeline.addBefore(NettyPipeline.HttpTrafficHandler, "server-headers", writer);
        }
    }

    /** Sets the headers of each response that passes. */
    @ChannelHandler.Sharable
    private static final class Writer extends ChannelOutboundHandlerAdapter {

        private volatile Stamp now = new Stamp(0, AsciiString.EMPTY_STRING);

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            if (message instanceof HttpResponse response) {
                response.headers()
                        .set(HttpHeaderNames.SERVER, SERVER)
                        .set(HttpHeaderNames.DATE, date());
            }
            ctx.write(message, promise);
        }

        private AsciiString date() {
            long second = System.currentTimeMillis() / 1000;
            Stamp known = now;
            if (known.second() != second) {
                known = stamp(second);
                now = known;
            }
            return known.text();
        }

        private static Stamp stamp(long second) {
            return new Stamp(
                    second,
                    new AsciiString(
                            DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                    Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC))));
        }
    }
}
