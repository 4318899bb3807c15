package io.fasterapi.route;

import io.fasterapi.http.FastRequest;
import io.netty.util.AsciiString;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Returns the shard key of a request. All requests with equal keys run on the same handler core in
 * the order of their arrival, so the state of a key needs no locks. A request with a body arrives
 * with its last byte. Equal keys of different routes have the same core.
 */
@FunctionalInterface
public interface ShardKey {

    /**
     * Returns the key, or null if any core may run the request. Called once per request, on the
     * connection's event loop, when the body is complete. It must neither block nor compute for
     * long. If it throws, the request is answered as if the handler had failed.
     *
     * @return an object whose {@code hashCode} agrees with its {@code equals}; arrays do not
     *     qualify
     */
    @Nullable Object keyOf(FastRequest request);

    /** Returns a key that is the decoded value of a path variable. */
    static ShardKey path(String variable) {
        return new PathVariableKey(Objects.requireNonNull(variable, "variable"));
    }

    /**
     * Returns a key that is the first value of a header. A request without the header has no key.
     */
    static ShardKey header(CharSequence name) {
        AsciiString header = AsciiString.of(name);
        return request -> request.header(header);
    }

    /**
     * Returns a key that is the first decoded value of a query parameter. A request without the
     * parameter has no key.
     */
    static ShardKey query(String parameter) {
        Objects.requireNonNull(parameter, "parameter");
        return request -> request.queryParameter(parameter);
    }
}
