package io.fasterapi.http;

/**
 * Handles the requests of one fast route. It runs on the thread that the route's placement names: a
 * handler core, the connection's event loop, or a thread that may block ({@code virtual}). It must
 * not block a handler core or an event loop.
 */
@FunctionalInterface
public interface FastHandler {

    /**
     * Handles one request. Before it returns, the handler either ends the response (for example
     * with {@link FastResponse#text}) or calls {@link FastResponse#async} to end it later.
     *
     * @param request the request, with its whole body
     * @param response the response to this request
     * @throws Exception any failure; if the response has not ended, the application's error
     *     handling answers it
     */
    void handle(FastRequest request, FastResponse response) throws Exception;
}
