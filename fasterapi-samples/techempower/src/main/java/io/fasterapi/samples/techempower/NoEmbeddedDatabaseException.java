package io.fasterapi.samples.techempower;

import org.jspecify.annotations.Nullable;

/** The embedded PostgreSQL did not start. */
final class NoEmbeddedDatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NoEmbeddedDatabaseException(@Nullable Throwable cause) {
        super("the embedded PostgreSQL did not start", cause);
    }
}
