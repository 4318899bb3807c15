package io.fasterapi.netty;

import io.fasterapi.http.BodyTooLargeException;
import io.fasterapi.http.MalformedBodyException;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Answers a request whose handler failed before it answered. Called where the handler ran. */
@FunctionalInterface
public interface FailureAnswer {

    /**
     * Writes an answer.
     *
     * @param request the request
     * @param response its response, of which nothing was sent
     * @param failure what the handler threw
     * @return completes when the answer is written
     */
    Publisher<Void> answer(
            HttpServerRequest request, HttpServerResponse response, Throwable failure);

    /**
     * Tells whether answering this failure also records the request in the metrics.
     *
     * @param failure what the handler threw
     */
    default boolean records(Throwable failure) {
        return false;
    }

    /** Returns an answer of a status alone: 400, 413 or, with a log line, 500. */
    static FailureAnswer plain() {
        return (request, response, failure) -> {
            HttpResponseStatus status = HttpResponseStatus.INTERNAL_SERVER_ERROR;
            if (failure instanceof MalformedBodyException) {
                status = HttpResponseStatus.BAD_REQUEST;
            } else if (failure instanceof BodyTooLargeException) {
                status = HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE;
            } else {
                System.getLogger(FailureAnswer.class.getName())
                        .log(
                                System.Logger.Level.ERROR,
                                request.method()
                                        + " "
                                        + request.fullPath()
                                        + ": its handler failed, 500",
                                failure);
            }
            response.status(status);
            return Mono.empty();
        };
    }
}
