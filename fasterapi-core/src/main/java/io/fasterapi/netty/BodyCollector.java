package io.fasterapi.netty;

import io.fasterapi.http.BodyTooLargeException;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.netty.http.server.HttpServerRequest;

/** Collects a request body up to a limit. Owned by the event loop that receives it. */
final class BodyCollector implements CoreSubscriber<ByteBuf> {

    private static final int FIRST_BYTES = 512;

    private static final byte[] EMPTY = {};

    /** What becomes of the body. */
    interface Outcome {

        void body(byte[] bytes);

        void noBody(Throwable cause);
    }

    private final Outcome outcome;
    private final int limit;
    private byte[] bytes;
    private int length;
    private boolean done;
    private @Nullable Subscription upstream;

    /**
     * Creates a collector.
     *
     * @param expected the announced length, or a negative number if there is none
     */
    BodyCollector(Outcome outcome, int limit, long expected) {
        this.outcome = outcome;
        this.limit = limit;
        this.bytes = new byte[expected < 0 ? Math.min(FIRST_BYTES, limit) : (int) expected];
    }

    /**
     * Reads a request's body. The outcome is told before this returns if the headers announce none,
     * or one above the limit, of which nothing is read then.
     *
     * @param limit the longest body that is read, in bytes
     */
    static void collect(HttpServerRequest request, int limit, Outcome outcome) {
        long announced = announced(request.requestHeaders());
        if (announced == 0) {
            outcome.body(EMPTY);
        } else if (announced > limit) {
            outcome.noBody(new BodyTooLargeException(limit));
        } else {
            request.receive().subscribe(new BodyCollector(outcome, limit, announced));
        }
    }

    /** Returns the length that the headers announce: 0 without a body, -1 if they do not say. */
    private static long announced(HttpHeaders headers) {
        if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            return -1;
        }
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length.trim());
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        upstream = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuf chunk) {
        if (done) {
            return;
        }
        int more = chunk.readableBytes();
        if (more > limit - length) {
            done = true;
            Subscription subscription = upstream;
            if (subscription != null) {
                subscription.cancel();
            }
            outcome.noBody(new BodyTooLargeException(limit));
            return;
        }
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(limit, Math.max(length + more, 2 * length)));
        }
        chunk.readBytes(bytes, length, more);
        length += more;
    }

    @Override
    public void onError(Throwable cause) {
        if (!done) {
            done = true;
            outcome.noBody(cause);
        }
    }

    @Override
    public void onComplete() {
        if (!done) {
            done = true;
            outcome.body(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
        }
    }
}
