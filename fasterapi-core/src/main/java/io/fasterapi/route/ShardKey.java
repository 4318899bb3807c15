package io.fasterapi.route;

import io.fasterapi.http.FastRequest;
import io.netty.util.AsciiString;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says to which key a request belongs. All requests of one key run on one handler core, in the
 * order in which they arrived (a request with a body arrives with its last byte); so what belongs
 * to the key needs no locks. Equal keys of different routes have the same core.
 */
@FunctionalInterface
public interface ShardKey {

    /**
     * Returns the key, or null if any core will do. Called once per request, on the connection's
     * event loop and behind the request's body: must neither block nor compute for long. What it
     * throws is answered as a failure of the handler.
     *
     * @return has a {@code hashCode} that agrees with its {@code equals}, as an array has not
     */
    @Nullable Object keyOf(FastRequest request);

    /** Returns the key that is the decoded value of a variable of the route's template. */
    static ShardKey path(String variable) {
        return new PathVariableKey(Objects.requireNonNull(variable, "variable"));
    }

    /** Returns the key that is the first value of a header; a request without it has none. */
    static ShardKey header(CharSequence name) {
        AsciiString header = AsciiString.of(name);
        return request -> request.header(header);
    }

    /**
     * Returns the key that is the first decoded value of a query parameter; a request without it
     * has none.
     */
    static ShardKey query(String parameter) {
        Objects.requireNonNull(parameter, "parameter");
        return request -> request.queryParameter(parameter);
    }
}
