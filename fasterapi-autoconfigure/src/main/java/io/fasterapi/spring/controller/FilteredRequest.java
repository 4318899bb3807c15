package io.fasterapi.spring.controller;

import io.fasterapi.http.FastRequest;
import io.fasterapi.route.QueryString;
import io.fasterapi.route.Route;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/**
 * What a compiled method reads of a request that has passed the filters. Belongs to one exchange.
 */
final class FilteredRequest implements FastRequest {

    private final ServerWebExchange exchange;
    private final SentRequest sent;
    private final Route route;
    private final String[] variables;
    private final byte[] body;
    private @Nullable QueryString query;
    private @Nullable Principal principal;

    FilteredRequest(
            ServerWebExchange exchange,
            SentRequest sent,
            Route route,
            String[] variables,
            byte[] body) {
        this.exchange = exchange;
        this.sent = sent;
        this.route = route;
        this.variables = variables;
        this.body = body;
    }

    /** Returns the exchange as the last filter passed it on. */
    ServerWebExchange exchange() {
        return exchange;
    }

    void principal(@Nullable Principal found) {
        principal = found;
    }

    @Nullable Principal principal() {
        return principal;
    }

    @Override
    public String method() {
        return sent.method();
    }

    @Override
    public String path() {
        return sent.path();
    }

    @Override
    public String template() {
        return route.template();
    }

    @Override
    public String pathVariable(String name) {
        return variables[route.variableIndex(name)];
    }

    @Override
    public List<String> queryParameters(String name) {
        return query().texts(name);
    }

    private QueryString query() {
        QueryString parsed = query;
        if (parsed == null) {
            parsed = new QueryString(sent.query());
            query = parsed;
        }
        return parsed;
    }

    @Override
    public @Nullable String header(CharSequence name) {
        return sent.headers().get(name);
    }

    @Override
    public List<String> headers(CharSequence name) {
        return sent.headers().getAll(name);
    }

    @Override
    public byte[] body() {
        return body;
    }

    @Override
    public <T> T json(Class<T> type) {
        throw new UnsupportedOperationException("a compiled method reads its body itself");
    }
}
