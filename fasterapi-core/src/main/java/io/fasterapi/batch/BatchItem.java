package io.fasterapi.batch;

import io.fasterapi.http.Deadline;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The item of one request, with what a batch handler may need to know about that request. Any
 * thread may read it until the request has its result.
 */
public interface BatchItem<T> {

    /**
     * Returns the value that the request carries: its body, or the value that the parameter's
     * annotation names.
     */
    T item();

    /** Returns the authenticated user, or null if there is none. */
    @Nullable Principal principal();

    /**
     * Returns all values of a header in order, or an empty list if it is absent. Names are
     * case-insensitive.
     */
    List<String> headers(String name);

    /** Returns the first value of a header, or null if it is absent. Names are case-insensitive. */
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
