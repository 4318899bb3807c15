package io.fasterapi.bench.jmh;

import io.fasterapi.netty.EarlyChannel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a connection costs without a socket: bytes of requests in, bytes of answers out. One read
 * brings all requests of a call; the figure is that of one call, so it has to be divided by them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xmx512m"})
public class CodecBenchmark {

    private static final String HOST = "localhost:8080";

    private static final byte[] JSON =
            "{\"message\":\"Hello, World!\"}".getBytes(StandardCharsets.US_ASCII);

    /** A hand-written handler behind Netty's codec, or a fast route that is answered early. */
    @Param({"netty", "early"})
    public String server = "";

    /** How many requests a read brings. */
    @Param({"1", "16"})
    public int requests;

    @SuppressWarnings("NullAway.Init") // before the first call
    private EmbeddedChannel channel;

    @SuppressWarnings("NullAway.Init") // before the first call
    private ByteBuf read;

    @Setup
    public void open() {
        channel =
                server.equals("netty")
                        ? new EmbeddedChannel(new HttpServerCodec(), new Handler())
                        : EarlyChannel.open(HOST);
        byte[] bytes =
                ("GET /json HTTP/1.1\r\nHost: " + HOST + "\r\n\r\n")
                        .repeat(requests)
                        .getBytes(StandardCharsets.US_ASCII);
        read = ByteBufAllocator.DEFAULT.directBuffer(bytes.length).writeBytes(bytes);
    }

    @TearDown
    public void close() {
        channel.finishAndReleaseAll();
        read.release();
    }

    /** Answers what one read brings. */
    @Benchmark
    public int answer() {
        channel.writeInbound(read.retainedDuplicate());
        int bytes = 0;
        ByteBuf written;
        while ((written = channel.readOutbound()) != null) {
            bytes += written.readableBytes();
            written.release();
        }
        if (bytes < requests * JSON.length) {
            throw new IllegalStateException("bytes: " + bytes + " (expected: all answers)");
        }
        return bytes;
    }

    /** As one would write it by hand. */
    private static final class Handler extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            if (msg instanceof HttpRequest) {
                ByteBuf body = ctx.alloc().directBuffer(JSON.length).writeBytes(JSON);
                FullHttpResponse response =
                        new DefaultFullHttpResponse(
                                HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
                response.headers()
                        .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                        .setInt(HttpHeaderNames.CONTENT_LENGTH, JSON.length);
                ctx.write(response, ctx.voidPromise());
            }
            ReferenceCountUtil.release(msg);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            ctx.flush();
        }
    }
}
