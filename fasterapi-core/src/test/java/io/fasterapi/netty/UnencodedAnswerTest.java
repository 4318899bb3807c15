package io.fasterapi.netty;

import static io.netty.buffer.Unpooled.EMPTY_BUFFER;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.EncoderException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;
import reactor.netty.NettyPipeline;

/** What becomes of a connection whose answer cannot be encoded: its client does not wait. */
class UnencodedAnswerTest {

    private boolean fails;
    private final EmbeddedChannel channel = new EmbeddedChannel(new Encoder());

    UnencodedAnswerTest() {
        channel.pipeline().addLast(NettyPipeline.HttpTrafficHandler, new ChannelDuplexHandler());
        Http1Connection.addTo(channel, null);
    }

    private static DefaultFullHttpResponse answer() {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    }

    @Test
    void itIsClosed() {
        fails = true;
        ChannelFuture written = channel.writeOneOutbound(answer());
        assertThat(written.cause()).isNotNull();
        assertThat(channel.isOpen()).isFalse();
    }

    /** Reactor Netty sees to that. */
    @Test
    void aPartThatCannotBeEncodedClosesNothing() {
        fails = true;
        ChannelFuture written = channel.writeOneOutbound(new DefaultHttpContent(EMPTY_BUFFER));
        assertThat(written.cause()).isNotNull();
        assertThat(channel.isOpen()).isTrue();
        channel.finishAndReleaseAll();
    }

    @Test
    void oneThatIsEncodedLeavesItOpen() {
        channel.writeOneOutbound(answer());
        channel.flushOutbound();
        assertThat(channel.isOpen()).isTrue();
        channel.finishAndReleaseAll();
    }

    private final class Encoder extends ChannelOutboundHandlerAdapter {

        @Override
        public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
            if (fails) {
                throw new EncoderException("somebody has released its body");
            }
            ctx.write(msg, promise);
        }
    }
}
