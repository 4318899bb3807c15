package io.fasterapi.spring.webflux.route;

import io.fasterapi.http.BodyTooLargeException;
import io.fasterapi.http.MalformedBodyException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.web.server.ContentTooLargeException;
import org.springframework.web.server.ServerWebInputException;

/**
 * Turns failures that only direct routes know into those that WebFlux raises for the same cause.
 */
final class WebFailures {

    private WebFailures() {}

    static Throwable translate(Throwable failure) {
        if (failure instanceof MalformedBodyException) {
            return new ServerWebInputException(
                    "Failed to read HTTP message", null, failure.getCause());
        }
        if (failure instanceof BodyTooLargeException
                || failure instanceof DataBufferLimitException) {
            return new ContentTooLargeException(failure);
        }
        return failure;
    }
}
