package io.fasterapi.spring.controller;

import io.fasterapi.route.QueryString;
import io.fasterapi.spring.webflux.dispatch.NativeRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.netty.http.server.HttpServerRequest;

/**
 * What a request says, as the last filter passed it on. Immutable.
 *
 * @param method its method
 * @param path its raw path within the application
 * @param query its raw query, or null
 * @param headers its headers
 * @param original whether no filter has changed it
 */
record SentRequest(
        String method, String path, @Nullable String query, HttpHeaders headers, boolean original) {

    private static final String MUTATED =
            "org.springframework.http.server.reactive.DefaultServerHttpRequestBuilder"
                    + "$MutatedServerHttpRequest";

    /**
     * Reads a request; null if its class is one that may see things differently than it was sent.
     */
    static @Nullable SentRequest of(ServerHttpRequest request) {
        HttpServerRequest sent = NativeRequest.of(request);
        if (sent != null) {
            String uri = sent.uri();
            int start = uri.indexOf('?');
            return new SentRequest(
                    sent.method().name(),
                    start < 0 ? uri : uri.substring(0, start),
                    start < 0 ? null : uri.substring(start + 1),
                    sent.requestHeaders(),
                    true);
        }
        return request.getClass().getName().equals(MUTATED) ? mutated(request) : null;
    }

    private static SentRequest mutated(ServerHttpRequest request) {
        HttpHeaders headers = new DefaultHttpHeaders(false);
        request.getHeaders().forEach((name, values) -> headers.add(name, values));
        return new SentRequest(
                request.getMethod().name(),
                request.getPath().pathWithinApplication().value(),
                request.getURI().getRawQuery(),
                headers,
                false);
    }

    boolean hasLegalQuery() {
        return query == null || new QueryString(query).isLegal();
    }
}
