package io.fasterapi.spring.webflux.compile;

import io.fasterapi.http.FastRequest;
import io.fasterapi.route.QueryString;
import io.fasterapi.route.Route;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as the direct lane has it: the target as sent, Netty's headers, the whole body.
 *
 * @param route what matched, null where there is no path
 * @param variables the values of its variables
 */
record SentRequest(
        String method,
        String path,
        @Nullable Route route,
        String[] variables,
        QueryString query,
        Content content)
        implements FastRequest {

    /**
     * What follows the request line.
     *
     * @param headers all of them
     * @param body empty if there is none
     */
    record Content(HttpHeaders headers, byte[] body) {}

    static SentRequest posted(HttpHeaders headers, byte[] body) {
        return new SentRequest(
                "POST",
                "/body",
                null,
                new String[0],
                new QueryString(null),
                new Content(headers, body));
    }

    private Route matched() {
        Route known = route;
        if (known == null) {
            throw new IllegalStateException("route: none (expected: a request with a path)");
        }
        return known;
    }

    @Override
    public String template() {
        return matched().template();
    }

    @Override
    public String pathVariable(String name) {
        return variables[matched().variableIndex(name)];
    }

    @Override
    public List<String> queryParameters(String name) {
        return query.texts(name);
    }

    @Override
    public @Nullable String header(CharSequence name) {
        return content.headers().get(name);
    }

    @Override
    public List<String> headers(CharSequence name) {
        return content.headers().getAll(name);
    }

    @Override
    public byte[] body() {
        return content.body();
    }

    @Override
    public <T> T json(Class<T> type) {
        throw new UnsupportedOperationException("no argument is read by the project's codec");
    }
}
