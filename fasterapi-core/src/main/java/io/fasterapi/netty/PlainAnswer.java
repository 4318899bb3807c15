package io.fasterapi.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;

/** Writes whole answers of the usual form: the bytes that Netty's encoder would write. */
final class PlainAnswer {

    /** A longer body is written behind its head, not copied. */
    private static final int MOST_COPIED_BYTES = 1024;

    private static final byte[] VERSION = "HTTP/1.1 ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[][] LENGTHS = new byte[MOST_COPIED_BYTES + 1][];
    private static final int FIRST_BYTES = 512;

    private static final FastThreadLocal<Head> HEADS =
            new FastThreadLocal<>() {
                @Override
                protected Head initialValue() {
                    return new Head();
                }
            };

    static {
        for (int i = 0; i < LENGTHS.length; i++) {
            LENGTHS[i] = endOf(i);
        }
    }

    private PlainAnswer() {}

    /** Returns whether nothing but the usual is to be done for an answer. */
    static boolean isPlain(DefaultFullHttpResponse answer) {
        if (answer instanceof PreparedAnswer) {
            return true;
        }
        HttpResponseStatus status = answer.status();
        return mayHaveBody(status)
                && answer.protocolVersion() == HttpVersion.HTTP_1_1
                && !HttpUtil.isTransferEncodingChunked(answer);
    }

    static boolean mayHaveBody(HttpResponseStatus status) {
        int code = status.code();
        return status.codeClass() != HttpStatusClass.INFORMATIONAL
                && code != HttpResponseStatus.NO_CONTENT.code()
                && code != HttpResponseStatus.RESET_CONTENT.code()
                && code != HttpResponseStatus.NOT_MODIFIED.code();
    }

    /** Writes an answer that {@link #isPlain}, which is released. */
    static void write(
            DefaultFullHttpResponse answer, ChannelHandlerContext ctx, ChannelPromise promise) {
        ByteBuf body = answer.content();
        int length = body.readableBytes();
        boolean copied = length <= MOST_COPIED_BYTES;
        ByteBuf head = null;
        try {
            head =
                    answer instanceof PreparedAnswer prepared
                            ? prepared(prepared.head(), length, ctx)
                            : encoded(answer, copied ? length : 0, ctx);
            if (copied) {
                head.writeBytes(body, body.readerIndex(), length);
            }
        } catch (Throwable ex) { // no memory, or a body that somebody has released
            if (head != null) {
                head.release();
            }
            if (answer.refCnt() > 0) {
                answer.release();
            }
            throw ex;
        }
        if (copied) {
            answer.release();
            ctx.write(head, promise);
        } else {
            ctx.write(head, promise.isVoid() ? promise : ctx.newPromise());
            ctx.write(body, promise);
        }
    }

    private static ByteBuf prepared(byte[] first, int length, ChannelHandlerContext ctx) {
        byte[] end = length < LENGTHS.length ? LENGTHS[length] : endOf(length);
        int more = length <= MOST_COPIED_BYTES ? length : 0;
        return ctx.alloc()
                .buffer(first.length + end.length + more)
                .writeBytes(first)
                .writeBytes(end);
    }

    private static byte[] endOf(int length) {
        return (length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static ByteBuf encoded(
            DefaultFullHttpResponse answer, int more, ChannelHandlerContext ctx) {
        Head head = HEADS.get();
        head.begin(answer.status());
        Iterator<Map.Entry<CharSequence, CharSequence>> headers =
                answer.headers().iteratorCharSequence();
        while (headers.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = headers.next();
            head.field(header.getKey(), header.getValue());
        }
        head.end();
        return ctx.alloc().buffer(head.size + more).writeBytes(head.bytes, 0, head.size);
    }

    /** Returns a head up to the number that says the length. */
    static byte[] prepare(HttpResponseStatus status, CharSequence type) {
        Head head = HEADS.get();
        head.begin(status);
        head.field(DirectResponse.CONTENT_TYPE, type);
        head.field(DirectResponse.CONTENT_LENGTH, "");
        return Arrays.copyOf(head.bytes, head.size - 2); // without the end of the line
    }

    /** A head that is being encoded. Of one thread. */
    private static final class Head {

        private byte[] bytes = new byte[FIRST_BYTES];
        private int size;

        void begin(HttpResponseStatus status) {
            AsciiString code = status.codeAsText();
            CharSequence reason = status.reasonPhrase();
            size = 0;
            ensure(VERSION.length + code.length() + reason.length() + 3);
            put(VERSION);
            put(code);
            bytes[size++] = ' ';
            put(reason);
            endLine();
        }

        void field(CharSequence name, CharSequence value) {
            ensure(name.length() + value.length() + 4);
            put(name);
            bytes[size++] = ':';
            bytes[size++] = ' ';
            put(value);
            endLine();
        }

        void end() {
            ensure(2);
            endLine();
        }

        private void endLine() {
            bytes[size++] = '\r';
            bytes[size++] = '\n';
        }

        private void put(byte[] some) {
            System.arraycopy(some, 0, bytes, size, some.length);
            size += some.length;
        }

        private void put(CharSequence text) {
            int length = text.length();
            if (text instanceof AsciiString ascii) {
                System.arraycopy(ascii.array(), ascii.arrayOffset(), bytes, size, length);
            } else {
                for (int i = 0; i < length; i++) {
                    bytes[size + i] = AsciiString.c2b(text.charAt(i));
                }
            }
            size += length;
        }

        private void ensure(int more) {
            if (bytes.length - size < more) {
                bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
            }
        }
    }
}
