package io.fasterapi.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.netty.NettyPipeline;

/** When the head of an answer is sent. */
class HeadFlushTest {

    private final List<String> sent = new ArrayList<>();
    private final EmbeddedChannel channel =
            new EmbeddedChannel(new Recording(), new HttpResponseEncoder());

    /** What comes to the socket. */
    private final class Recording extends ChannelOutboundHandlerAdapter {

        @Override
        public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
            sent.add("write");
            ctx.write(msg, promise);
        }

        @Override
        public void flush(ChannelHandlerContext ctx) {
            sent.add("flush");
            ctx.flush();
        }

        @Override
        public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
            sent.add("close");
            ctx.close(promise);
        }
    }

    HeadFlushTest() {
        channel.pipeline().addLast(NettyPipeline.HttpTrafficHandler, new ChannelDuplexHandler());
        Http1Connection.addTo(channel, null);
    }

    /** A task of the event loop, after which EmbeddedChannel runs what it has left behind. */
    private void inTask(Runnable task) {
        channel.eventLoop().execute(task);
        channel.runPendingTasks();
    }

    private ChannelFuture send(HttpObject message) {
        return channel.pipeline().writeAndFlush(message);
    }

    private static HttpResponse head() {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers().set("content-length", 1);
        return head;
    }

    private static HttpObject body() {
        return new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[1]));
    }

    @AfterEach
    void release() {
        channel.finishAndReleaseAll();
    }

    @Test
    void aBodyThatFollowsAtOnceGoesWithTheHead() {
        inTask(
                () -> {
                    assertThat(send(head()).isSuccess()).isTrue();
                    channel.pipeline().write(body()); // its flush would be another task
                });
        assertThat(sent).containsExactly("write", "write", "flush");
    }

    @Test
    void aHeadAloneGoesAfterTheTask() {
        inTask(
                () -> {
                    send(head());
                    assertThat(sent).containsExactly("write");
                });
        assertThat(sent).containsExactly("write", "flush");
        inTask(() -> send(body()));
        inTask(() -> send(LastHttpContent.EMPTY_LAST_CONTENT));
        assertThat(sent).containsExactly("write", "flush", "write", "flush", "write", "flush");
    }

    @Test
    void aCloseSendsTheHeadFirst() {
        inTask(
                () -> {
                    send(head());
                    channel.pipeline().close();
                });
        assertThat(sent).containsExactly("write", "flush", "close");
    }

    @Test
    void aHeadThatCannotBeEncodedFails() {
        ChannelFuture[] written = new ChannelFuture[1];
        inTask(
                () -> {
                    send(head());
                    written[0] = send(head()); // within the body of the first
                });
        assertThat(written[0].cause()).isNotNull();
    }
}
