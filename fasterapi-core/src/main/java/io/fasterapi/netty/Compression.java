package io.fasterapi.netty;

import io.netty.handler.codec.compression.CompressionOptions;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerConfig;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Whether Reactor Netty would compress an answer, by the settings of its server. Thread-safe. */
final class Compression {

    /*
     * Reactor Netty compresses an answer that is long enough, or does not say its length, and that
     * the server's predicate takes, if Netty knows an encoding that the client accepts. Spring
     * Boot's predicate looks at the Content-Type and the User-Agent alone. One that wants more of
     * the request or response than their headers fails here, and the answer is Reactor Netty's.
     */
    private static final Encodings ENCODINGS = new Encodings();

    /** No refusal is that long. */
    private static final int MOST_REFUSAL_BYTES = 1024;

    private final int least;
    private final @Nullable BiPredicate<HttpServerRequest, HttpServerResponse> predicate;

    private Compression(
            int least, @Nullable BiPredicate<HttpServerRequest, HttpServerResponse> predicate) {
        this.least = least;
        this.predicate = predicate;
    }

    /** Returns that of a server, or null if it compresses nothing. */
    static @Nullable Compression of(HttpServerConfig config) {
        int least = config.minCompressionSize();
        BiPredicate<HttpServerRequest, HttpServerResponse> predicate = config.compressPredicate();
        return predicate == null && least < 0 ? null : new Compression(least, predicate);
    }

    /** Returns whether a refusal of a request may be compressed. */
    boolean mayTakeRefusal(HttpHeaders request) {
        return least < MOST_REFUSAL_BYTES && ENCODINGS.isAcceptedBy(request);
    }

    /** Returns whether an answer would be compressed. */
    boolean takes(HttpHeaders request, HttpHeaders answer) {
        return ENCODINGS.isAcceptedBy(request)
                && isLongEnough(answer)
                && (predicate == null || isTaken(predicate, request, answer));
    }

    private boolean isLongEnough(HttpHeaders answer) {
        String length = answer.get(HttpHeaderNames.CONTENT_LENGTH);
        try {
            return length == null || Long.parseLong(length) >= least;
        } catch (NumberFormatException ex) {
            return true;
        }
    }

    private static boolean isTaken(
            BiPredicate<HttpServerRequest, HttpServerResponse> predicate,
            HttpHeaders request,
            HttpHeaders answer) {
        try {
            return predicate.test(
                    only("requestHeaders", request, HttpServerRequest.class),
                    only("responseHeaders", answer, HttpServerResponse.class));
        } catch (RuntimeException ex) {
            return true;
        }
    }

    /** Returns a request or response that tells its headers, and fails for all else. */
    private static <T> T only(String method, HttpHeaders headers, Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, called, arguments) -> {
                            if (called.getName().equals(method)) {
                                return headers;
                            }
                            throw new UnsupportedOperationException(called.getName());
                        }));
    }

    /** What Netty knows by default, which Reactor Netty uses. */
    private static final class Encodings extends HttpContentCompressor {

        Encodings() {
            super((CompressionOptions[]) null);
        }

        boolean isAcceptedBy(HttpHeaders request) {
            if (!request.contains(HttpHeaderNames.ACCEPT_ENCODING)) {
                return false;
            }
            List<String> accepted = request.getAll(HttpHeaderNames.ACCEPT_ENCODING);
            return determineEncoding(String.join(",", accepted)) != null;
        }
    }
}
