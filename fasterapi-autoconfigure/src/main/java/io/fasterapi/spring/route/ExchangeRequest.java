package io.fasterapi.spring.route;

import io.fasterapi.http.FastRequest;
import io.fasterapi.http.JsonCodec;
import io.fasterapi.spring.route.FastRouteMapping.MatchedRoute;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** A direct route's view of a request that has passed WebFlux's filters. */
final class ExchangeRequest implements FastRequest {

    private final ServerHttpRequest request;
    private final MatchedRoute matched;
    private final byte[] body;
    private final JsonCodec json;

    ExchangeRequest(ServerHttpRequest request, MatchedRoute matched, byte[] body, JsonCodec json) {
        this.request = request;
        this.matched = matched;
        this.body = body;
        this.json = json;
    }

    @Override
    public String method() {
        return request.getMethod().name();
    }

    @Override
    public String path() {
        return request.getPath().value();
    }

    @Override
    public String template() {
        return matched.route().template();
    }

    @Override
    public String pathVariable(String name) {
        return matched.variables()[matched.route().variableIndex(name)];
    }

    @Override
    public @Nullable String queryParameter(String name) {
        List<String> values = queryParameters(name);
        return values.isEmpty() ? null : values.get(0);
    }

    @Override
    public List<String> queryParameters(String name) {
        List<String> values = new ArrayList<>();
        for (String value : request.getQueryParams().getOrDefault(name, List.of())) {
            values.add(value == null ? "" : value);
        }
        return values;
    }

    @Override
    public @Nullable String header(CharSequence name) {
        return request.getHeaders().getFirst(name.toString());
    }

    @Override
    public List<String> headers(CharSequence name) {
        List<String> values = request.getHeaders().get(name.toString());
        return values == null ? List.of() : values;
    }

    @Override
    public byte[] body() {
        return body;
    }

    @Override
    public <T> T json(Class<T> type) {
        return json.read(body, type);
    }
}
