package io.fasterapi.batch;

import io.fasterapi.http.Deadline;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request's item with what else a batch handler may want to know of its request. Immutable.
 *
 * @param item the request's body, or what else its parameter was bound to
 * @param principal who asks, or null if that is not known
 * @param headers the request's headers; their names in any case
 * @param pathVariables the values of the path's variables
 * @param deadline when the answer is due, or null if it has no deadline
 */
public record BatchItem<T>(
        T item,
        @Nullable Principal principal,
        Map<String, List<String>> headers,
        Map<String, String> pathVariables,
        @Nullable Deadline deadline) {

    /** Returns the first value of a header, or null if the request has none of that name. */
    public @Nullable String header(String name) {
        List<String> values = headers.get(name);
        return values == null || values.isEmpty() ? null : values.get(0);
    }
}
