package io.fasterapi.batch;

import io.fasterapi.http.Deadline;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request's item with what else a batch handler may want to know of its request. Belongs to the
 * request: readable by any thread until that has its result.
 */
public interface BatchItem<T> {

    /** Returns the request's body, or what else its parameter was bound to. */
    T item();

    /** Returns who asks, or null if that is not known. */
    @Nullable Principal principal();

    /** Returns all values of a header, in order; empty if it is absent. Names ignore case. */
    List<String> headers(String name);

    /** Returns the first value of a header, or null if it is absent. Names ignore case. */
    default @Nullable String header(String name) {
        List<String> values = headers(name);
        return values.isEmpty() ? null : values.get(0);
    }

    /**
     * Returns the decoded value of a variable of the route's template.
     *
     * @throws IllegalArgumentException if the template has no such variable
     */
    String pathVariable(String name);

    /** Returns when the answer is due, or null if the request has no deadline. */
    @Nullable Deadline deadline();
}
