package io.fasterapi.spring.webflux.route;

import io.fasterapi.http.Deadline;
import io.fasterapi.http.FastRequest;
import io.fasterapi.http.JsonCodec;
import io.fasterapi.netty.AbstractFastRequest;
import io.fasterapi.route.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** A WebFlux request as the handler of a fast route sees it. It belongs to one exchange. */
public final class ExchangeRequest extends AbstractFastRequest {

    private static final byte[] NO_BODY = {};

    private final ServerHttpRequest request;
    private final byte[] body;

    ExchangeRequest(
            ServerHttpRequest request,
            Route route,
            String[] variables,
            byte[] body,
            @Nullable JsonCodec json,
            @Nullable Deadline deadline) {
        super(route, variables, json, deadline);
        this.request = request;
        this.body = body;
    }

    /** Returns a view of a request whose body is not read. Its body is empty. */
    public static FastRequest head(ServerHttpRequest request, Route route, String[] variables) {
        return new ExchangeRequest(request, route, variables, NO_BODY, null, null);
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
    public List<String> queryParameters(String name) {
        return request.getQueryParams().getOrDefault(name, List.of()).stream()
                .map(value -> value == null ? "" : value)
                .toList();
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
}
