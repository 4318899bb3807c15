package io.fasterapi.batch;

import org.jspecify.annotations.Nullable;

/**
 * What became of one item: a value, which may be null, or a failure of its own. Immutable.
 *
 * @param value the value; null where there is none
 * @param failure why the item failed, or null
 */
public record BatchResult<T>(@Nullable T value, @Nullable Throwable failure) {

    public BatchResult {
        if (value != null && failure != null) {
            throw new IllegalArgumentException(
                    "value and failure: both are set (expected: one of them)");
        }
    }

    /** Returns the result of an item that was handled. */
    public static <T> BatchResult<T> of(@Nullable T value) {
        return new BatchResult<>(value, null);
    }

    /** Returns the result of an item that failed while others of its batch may not have. */
    public static <T> BatchResult<T> failed(Throwable failure) {
        return new BatchResult<>(null, failure);
    }
}
