package io.fasterapi.netty;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer that says nothing but the type and the length of its body; its head is encoded
 * already, but for the length. Owned by the event loop that writes it.
 */
final class PreparedAnswer extends DefaultFullHttpResponse {

    private final Head prepared;
    private @Nullable HttpHeaders headers;

    PreparedAnswer(Head prepared, ByteBuf body) {
        super(
                HttpVersion.HTTP_1_1,
                prepared.status,
                body,
                EmptyHttpHeaders.INSTANCE,
                EmptyHttpHeaders.INSTANCE);
        this.prepared = prepared;
    }

    byte[] head() {
        return prepared.bytes;
    }

    /** Made for whoever asks: an encoder of Netty's, if the connection has one. */
    @Override
    public HttpHeaders headers() {
        HttpHeaders made = headers;
        if (made == null) {
            made = prepared.headers(content().readableBytes());
            headers = made;
        }
        return made;
    }

    /**
     * The last head of a route's answers, which as a rule is that of the next one. Shared by all
     * threads without synchronisation: a lost or stale one only costs another.
     */
    static final class LastHead {

        private @Nullable Head last;

        /**
         * Returns a head.
         *
         * @throws IllegalArgumentException if no header may have that type as its value
         */
        Head of(HttpResponseStatus status, CharSequence type) {
            Head head = last;
            if (head == null || !head.isOf(status, type)) {
                head = new Head(status, type);
                last = head;
            }
            return head;
        }
    }

    /** A head up to the length of the body. Immutable. */
    static final class Head {

        private final HttpResponseStatus status;
        private final CharSequence type;
        private final byte[] bytes;

        /**
         * Prepares a head.
         *
         * @throws IllegalArgumentException if no header may have that type as its value
         */
        Head(HttpResponseStatus status, CharSequence type) {
            this.status = status;
            this.type = type;
            headers(0);
            this.bytes = PlainAnswer.prepare(status, type);
        }

        boolean isOf(HttpResponseStatus otherStatus, CharSequence otherType) {
            return type == otherType && status == otherStatus;
        }

        /** Returns what it says. */
        HttpHeaders headers(int length) {
            return DefaultHttpHeadersFactory.headersFactory()
                    .newHeaders()
                    .set(DirectResponse.CONTENT_TYPE, type)
                    .setInt(DirectResponse.CONTENT_LENGTH, length);
        }
    }
}
