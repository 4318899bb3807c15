package io.fasterapi.http;

/**
 * Answers one request of a direct route. Runs on the thread that the route's placement names: a
 * handler core or the connection's event loop. Neither may be blocked.
 */
@FunctionalInterface
public interface FastHandler {

    /**
     * Handles one request. Before it returns, the handler either ends the response (for example
     * with {@link FastResponse#text}) or announces by {@link FastResponse#async} that it will.
     *
     * @param request the request, its body read completely
     * @param response the response to this request
     * @throws Exception whatever the handler fails with; it is answered by the application's error
     *     handling as long as the response has not ended
     */
    void handle(FastRequest request, FastResponse response) throws Exception;
}
