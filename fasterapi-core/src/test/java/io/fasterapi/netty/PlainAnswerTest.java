package io.fasterapi.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import reactor.netty.NettyPipeline;

/** An answer that cannot be encoded fails its promise, and its head is given back. */
class PlainAnswerTest {

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private final EmbeddedChannel channel = new EmbeddedChannel();

    PlainAnswerTest() {
        channel.config().setAllocator(allocator);
        channel.pipeline().addLast(NettyPipeline.HttpCodec, new HttpServerCodec());
        ResponseEncoder.addTo(channel.pipeline(), new HttpDecoderConfig());
    }

    @Test
    void aReleasedBodyLeavesNothingBehind() {
        ByteBuf body = allocator.buffer(8).writeLong(1);
        DefaultFullHttpResponse answer =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
        body.release();

        ChannelFuture written = channel.writeOneOutbound(answer);

        assertThat(written.cause()).isNotNull();
        assertThat(channel.<Object>readOutbound()).isNull();
        assertThat(allocator.metric().usedDirectMemory() + allocator.metric().usedHeapMemory())
                .isZero();
        channel.finishAndReleaseAll();
    }

    @Test
    void anOrdinaryOneIsOneBuffer() {
        ByteBuf body = allocator.buffer(2).writeShort('o' << 8 | 'k');
        channel.writeOutbound(
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body));

        ByteBuf written = channel.readOutbound();
        assertThat(written.toString(StandardCharsets.US_ASCII))
                .isEqualTo("HTTP/1.1 200 OK\r\n\r\nok");
        assertThat(channel.<Object>readOutbound()).isNull();
        written.release();
        channel.finishAndReleaseAll();
    }
}
