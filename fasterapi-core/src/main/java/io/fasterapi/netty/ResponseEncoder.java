package io.fasterapi.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpRequestDecoderSpec;

/**
 * Encodes answers as {@link HttpServerCodec} does, whole ones of the usual form into one buffer.
 * Owned by the connection's event loop.
 */
final class ResponseEncoder extends HttpResponseEncoder {

    /*
     * Netty's codec of both directions is final, and it counts methods and answers for itself: an
     * answer that goes past its encoder would put it out of step. So the decoder and the encoder
     * are two handlers here, which share the methods. The WebSocket handshake knows that form, too:
     * it looks for a HttpRequestDecoder first.
     *
     * What differs in form from a plain answer is Netty's: answers to HEAD and CONNECT, without a
     * body by their status, chunked, of another version, or in parts.
     *
     * From 4.2.18 on Netty's codec bounds the requests that wait for their answers, which these two
     * do not. There Netty's codec stays.
     */
    static final String NAME = "fasterapi.responseEncoder";

    private static final boolean STANDS_FOR_NETTYS = !isBounded(HttpServerCodec.class);

    private final UnansweredMethods methods;
    private @Nullable HttpMethod method;
    private boolean within;

    ResponseEncoder(UnansweredMethods methods) {
        this.methods = methods;
    }

    /** Returns whether a codec bounds how many requests of a connection wait for their answers. */
    static boolean isBounded(Class<?> codec) {
        return Arrays.stream(codec.getDeclaredFields())
                .anyMatch(field -> field.getName().equals("maxPipelineDepth"));
    }

    /** Replaces Netty's codec of a new connection of HTTP/1.1, and of nothing else. */
    static void addTo(Channel channel, HttpRequestDecoderSpec spec) {
        ChannelPipeline pipeline = channel.pipeline();
        if (STANDS_FOR_NETTYS && pipeline.get(NettyPipeline.HttpCodec) instanceof HttpServerCodec) {
            addTo(
                    pipeline,
                    new HttpDecoderConfig()
                            .setMaxInitialLineLength(spec.maxInitialLineLength())
                            .setMaxHeaderSize(spec.maxHeaderSize())
                            .setMaxChunkSize(spec.maxChunkSize())
                            .setValidateHeaders(spec.validateHeaders())
                            .setInitialBufferSize(spec.initialBufferSize())
                            .setAllowDuplicateContentLengths(spec.allowDuplicateContentLengths())
                            .setAllowPartialChunks(spec.allowPartialChunks()));
        }
    }

    static void addTo(ChannelPipeline pipeline, HttpDecoderConfig config) {
        UnansweredMethods methods = new UnansweredMethods();
        pipeline.addBefore(NettyPipeline.HttpCodec, NAME, new ResponseEncoder(methods));
        pipeline.replace(
                NettyPipeline.HttpCodec,
                NettyPipeline.HttpCodec,
                new RequestDecoder(config, methods));
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise)
            throws Exception {
        boolean last = msg instanceof LastHttpContent;
        ChannelPromise written =
                last && methods.takeClose()
                        ? promise.unvoid().addListener(ChannelFutureListener.CLOSE)
                        : promise;
        if (!within && methods.peek() == null && msg instanceof DefaultFullHttpResponse answer) {
            if (PlainAnswer.isPlain(answer)) {
                methods.poll();
                PlainAnswer.write(answer, ctx, written);
                return;
            }
        }
        within = !last && (within || msg instanceof HttpResponse);
        super.write(ctx, msg, written);
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse response) {
        if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            return super.isContentAlwaysEmpty(response); // the answer is yet to come
        }
        method = methods.poll();
        return HttpMethod.HEAD.equals(method) || super.isContentAlwaysEmpty(response);
    }

    @Override
    protected void sanitizeHeadersBeforeEncode(HttpResponse response, boolean isAlwaysEmpty) {
        if (!isAlwaysEmpty
                && HttpMethod.CONNECT.equals(method)
                && response.status().codeClass() == HttpStatusClass.SUCCESS) {
            response.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
        } else {
            super.sanitizeHeadersBeforeEncode(response, isAlwaysEmpty);
        }
    }
}
