package io.fasterapi.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The request of one exchange. Any thread may read it until the response has ended. */
public interface FastRequest {

    /**
     * Returns the method as sent, for example {@code GET}. A HEAD request to a GET route returns
     * {@code HEAD}.
     */
    String method();

    /** Returns the path as sent: percent-encoded and without the query. */
    String path();

    /** Returns the template of the matched route, for example {@code /users/{id}}. */
    String template();

    /**
     * Returns the decoded value of a variable of the route's template.
     *
     * @throws IllegalArgumentException if the template has no such variable
     */
    String pathVariable(String name);

    /** Returns the first decoded value of a query parameter, or null if it is absent. */
    default @Nullable String queryParameter(String name) {
        List<String> values = queryParameters(name);
        return values.isEmpty() ? null : values.get(0);
    }

    /**
     * Returns all decoded values of a query parameter in order, or an empty list if it is absent. A
     * parameter without a value has the value {@code ""}.
     */
    List<String> queryParameters(String name);

    /** Returns the first value of a header, or null if it is absent. Names are case-insensitive. */
    @Nullable String header(CharSequence name);

    /**
     * Returns all values of a header in order, or an empty list if it is absent. Names are
     * case-insensitive.
     */
    List<String> headers(CharSequence name);

    /** Returns when the answer is due, or null if the request has no deadline. */
    default @Nullable Deadline deadline() {
        return null;
    }

    /**
     * Returns the whole body, or an empty array if there is none. The caller must not change the
     * array.
     */
    byte[] body();

    /**
     * Reads the body as JSON with the application's mapper.
     *
     * @throws MalformedBodyException if the body is not JSON of that type; unless caught, it is
     *     answered with 400
     */
    <T> T json(Class<T> type);
}
