package io.fasterapi.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.netty.NettyPipeline;

/** The same requests and answers through Netty's codec and through ours: the same bytes. */
class ResponseEncoderRandomTest {

    private static final int CONNECTIONS = 2_000;

    private static final List<String> METHODS =
            List.of("GET", "POST", "HEAD", "CONNECT", "OPTIONS");

    private static final List<HttpResponseStatus> STATUSES =
            List.of(
                    HttpResponseStatus.OK,
                    HttpResponseStatus.OK,
                    HttpResponseStatus.CREATED,
                    HttpResponseStatus.NO_CONTENT,
                    HttpResponseStatus.RESET_CONTENT,
                    HttpResponseStatus.NOT_MODIFIED,
                    HttpResponseStatus.NOT_FOUND,
                    HttpResponseStatus.SERVICE_UNAVAILABLE,
                    HttpResponseStatus.valueOf(299),
                    new HttpResponseStatus(200, "Fine \u00e9"));

    private static final List<CharSequence> NAMES =
            List.of(
                    "Content-Type",
                    AsciiString.of("content-type"),
                    "Content-Length",
                    "Transfer-Encoding",
                    "Connection",
                    AsciiString.of("x-mine").subSequence(2, 6),
                    "X-Mine");

    private static final List<CharSequence> VALUES =
            List.of(
                    "",
                    "0",
                    "17",
                    "chunked",
                    "close",
                    AsciiString.of("application/json"),
                    new StringBuilder("latin \u00e9 and \u20ac"),
                    AsciiString.of("a part of it").subSequence(2, 6),
                    "long ".repeat(300));

    private static final List<Integer> LENGTHS = List.of(0, 1, 27, 128, 1023, 1024, 1025, 5_000);

    private final EmbeddedChannel stock = new EmbeddedChannel();
    private final EmbeddedChannel own = new EmbeddedChannel();

    @AfterEach
    void close() {
        stock.finishAndReleaseAll();
        own.finishAndReleaseAll();
    }

    private void open(EmbeddedChannel stockChannel, EmbeddedChannel ownChannel, boolean strict) {
        HttpDecoderConfig config = new HttpDecoderConfig().setUseRfc9112TransferEncoding(strict);
        stockChannel.pipeline().addLast(NettyPipeline.HttpCodec, new HttpServerCodec(config));
        ownChannel.pipeline().addLast(NettyPipeline.HttpCodec, new HttpServerCodec(config));
        ResponseEncoder.addTo(ownChannel.pipeline(), config);
        assertThat(ownChannel.pipeline().get(HttpServerCodec.class)).isNull();
    }

    private void request(String text) {
        request(stock, text);
        request(own, text);
    }

    private static void request(EmbeddedChannel channel, String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
        Object read;
        while ((read = channel.readInbound()) != null) {
            ReferenceCountUtil.release(read);
        }
    }

    private static String text(EmbeddedChannel channel) {
        StringBuilder text = new StringBuilder();
        ByteBuf written;
        while ((written = channel.readOutbound()) != null) {
            text.append(written.toString(StandardCharsets.ISO_8859_1));
            written.release();
        }
        return text.toString();
    }

    @Test
    void randomAnswersHaveTheBytesOfNettysEncoder() {
        for (int seed = 0; seed < CONNECTIONS; seed++) {
            EmbeddedChannel theirs = new EmbeddedChannel();
            EmbeddedChannel ours = new EmbeddedChannel();
            open(theirs, ours, seed % 2 == 0);
            Random random = new Random(seed);
            int outstanding = 0;
            for (int i = 0; i < 20; i++) {
                if (random.nextBoolean()) {
                    String request = randomRequest(random);
                    request(theirs, request);
                    request(ours, request);
                    outstanding++;
                } else if (outstanding > 0 || random.nextInt(5) == 0) {
                    long answer = random.nextLong();
                    answer(theirs, new Random(answer));
                    answer(ours, new Random(answer));
                    outstanding--;
                }
                assertThat(text(ours)).as("seed %s, step %s", seed, i).isEqualTo(text(theirs));
                assertThat(ours.isOpen()).as("seed %s", seed).isEqualTo(theirs.isOpen());
                if (!ours.isOpen()) {
                    break;
                }
            }
            theirs.finishAndReleaseAll();
            ours.finishAndReleaseAll();
        }
    }

    private static String randomRequest(Random random) {
        String head = pick(random, METHODS) + " /a HTTP/1.1\r\nhost: a\r\n";
        return switch (random.nextInt(12)) {
            case 0 ->
                    head
                            + "content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n";
            case 1 -> head + "content-length: 3\r\n\r\nabc";
            default -> head + "\r\n";
        };
    }

    private static void answer(EmbeddedChannel channel, Random random) {
        HttpHeaders headers = new DefaultHttpHeaders(false);
        for (int i = random.nextInt(5); i > 0; i--) {
            headers.add(pick(random, NAMES), pick(random, VALUES));
        }
        HttpResponseStatus status = pick(random, STATUSES);
        HttpVersion version = random.nextInt(8) == 0 ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1;
        ByteBuf body = Unpooled.wrappedBuffer(new byte[pick(random, LENGTHS)]);
        if (random.nextInt(4) == 0) {
            write(channel, whole(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
        switch (random.nextInt(4)) {
            case 0 -> {
                write(channel, new DefaultHttpResponse(version, status, headers));
                write(channel, new DefaultHttpContent(body));
                write(channel, LastHttpContent.EMPTY_LAST_CONTENT);
            }
            case 1 -> {
                write(channel, new DefaultHttpResponse(version, status, headers));
                write(channel, new DefaultLastHttpContent(body));
            }
            default ->
                    write(
                            channel,
                            new DefaultFullHttpResponse(
                                    version, status, body, headers, EmptyHttpHeaders.INSTANCE));
        }
        channel.flushOutbound();
    }

    /** Returns whether it could be encoded. */
    private static boolean write(EmbeddedChannel channel, Object message) {
        return channel.write(message).cause() == null;
    }

    private static DefaultFullHttpResponse whole(HttpVersion version, HttpResponseStatus status) {
        return new DefaultFullHttpResponse(version, status);
    }

    private static <T> T pick(Random random, List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private void both(Consumer<EmbeddedChannel> action) {
        action.accept(stock);
        action.accept(own);
    }

    /** Which fails, and changes nothing. */
    @Test
    void noAnswerMayComeWithinAnother() {
        open(stock, own, true);
        request("GET / HTTP/1.1\r\nhost: a\r\n\r\n".repeat(3));
        List<Boolean> written = new ArrayList<>();
        both(
                channel -> {
                    written.add(write(channel, head()));
                    written.add(write(channel, whole(HttpVersion.HTTP_1_1, HttpResponseStatus.OK)));
                    written.add(write(channel, new DefaultLastHttpContent()));
                    written.add(write(channel, whole(HttpVersion.HTTP_1_1, HttpResponseStatus.OK)));
                    channel.flushOutbound();
                });
        assertThat(text(own)).isEqualTo(text(stock));
        assertThat(written).containsExactly(true, false, true, true, true, false, true, true);
    }

    private static DefaultHttpResponse head() {
        return new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    }

    /** More requests than are counted in one word, of which some get no body. */
    @Test
    void aLongPipelineStaysInStep() {
        open(stock, own, true);
        for (int i = 0; i < 200; i++) {
            request((i % 7 == 0 ? "HEAD" : "GET") + " / HTTP/1.1\r\nhost: a\r\n\r\n");
        }
        for (int i = 0; i < 200; i++) {
            int length = i;
            both(
                    channel ->
                            channel.writeOutbound(
                                    new DefaultFullHttpResponse(
                                            HttpVersion.HTTP_1_1,
                                            HttpResponseStatus.OK,
                                            Unpooled.wrappedBuffer(new byte[length]))));
        }
        assertThat(text(own)).isEqualTo(text(stock));
    }

    @Test
    void aHeadAndAShortBodyAreOneBuffer() {
        open(stock, own, true);
        PreparedAnswer.Head head =
                new PreparedAnswer.Head(HttpResponseStatus.OK, AsciiString.of("text/plain"));
        List<Integer> buffers = new ArrayList<>();
        for (int length : LENGTHS) {
            request("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
            both(
                    channel ->
                            channel.writeOutbound(
                                    new PreparedAnswer(
                                            head, Unpooled.wrappedBuffer(new byte[length]))));
            buffers.add(own.outboundMessages().size());
            assertThat(text(own)).isEqualTo(text(stock));
        }
        assertThat(buffers).containsExactly(1, 1, 1, 1, 1, 1, 2, 2);
    }
}
