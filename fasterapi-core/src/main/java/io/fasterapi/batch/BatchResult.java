package io.fasterapi.batch;

import org.jspecify.annotations.Nullable;

/**
 * The result of one item: a value, which may be null, or a failure of this item alone. Immutable.
 *
 * @param value the value; null if there is none
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

    /** Returns the result of an item that failed. The other items of its batch are not affected. */
    public static <T> BatchResult<T> failed(Throwable failure) {
        return new BatchResult<>(null, failure);
    }
}
