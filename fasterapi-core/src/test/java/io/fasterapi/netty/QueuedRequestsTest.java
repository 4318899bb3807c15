package io.fasterapi.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.netty.NettyPipeline;

/** What Reactor Netty is given behind requests that it has queued. */
class QueuedRequestsTest {

    private final List<String> passed = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel(new Taking());

    QueuedRequestsTest() {
        channel.pipeline().addLast(NettyPipeline.HttpTrafficHandler, new Traffic());
        Http1Connection.addTo(channel, null);
    }

    @AfterEach
    void stop() {
        channel.finishAndReleaseAll();
    }

    /** Its task that empties the queue leaves another one behind, which must not find a request. */
    @Test
    void theNextRequestWaitsForTheTasksThatEmptyTheQueue() {
        request("/first");
        request("/queued");
        answer();
        answer();
        request("/next");
        request("/last");
        assertThat(passed).containsExactly("/first", "/queued");
        channel.runPendingTasks();
        assertThat(passed).containsExactly("/first", "/queued", "/next", "/last");
    }

    @Test
    void withoutAQueueNothingWaits() {
        request("/first");
        answer();
        request("/next");
        assertThat(passed).containsExactly("/first", "/next");
    }

    private void request(String uri) {
        channel.pipeline()
                .fireChannelRead(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, uri))
                .fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    private void answer() {
        channel.pipeline()
                .write(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
    }

    private final class Traffic extends ChannelDuplexHandler {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            if (msg instanceof HttpRequest request) {
                passed.add(request.uri());
            }
        }
    }

    /** Takes what is written: the channel would run its tasks then. */
    private static final class Taking extends ChannelOutboundHandlerAdapter {

        @Override
        public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
            ReferenceCountUtil.release(msg);
            promise.setSuccess();
        }
    }
}
