package io.fasterapi.server;

import io.fasterapi.http.Deadline;
import io.fasterapi.http.FastRequest;
import io.fasterapi.http.JsonCodec;
import io.fasterapi.route.QueryString;
import io.fasterapi.route.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

/** A direct route's view of Reactor Netty's request. */
final class SideDoorRequest implements FastRequest {

    private static final byte[] EMPTY = new byte[0];

    private final HttpServerRequest request;
    private final Route route;
    private final String[] variables;
    private final JsonCodec json;
    private final @Nullable Deadline deadline;
    private byte[] body = EMPTY;
    private @Nullable QueryString query;

    SideDoorRequest(
            HttpServerRequest request,
            Route route,
            String[] variables,
            JsonCodec json,
            @Nullable Deadline deadline) {
        this.request = request;
        this.route = route;
        this.variables = variables;
        this.json = json;
        this.deadline = deadline;
    }

    HttpServerRequest nativeRequest() {
        return request;
    }

    void body(byte[] bytes) {
        body = bytes;
    }

    @Override
    public String method() {
        return request.method().name();
    }

    @Override
    public String path() {
        String uri = request.uri();
        int end = uri.indexOf('?');
        return end < 0 ? uri : uri.substring(0, end);
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
            String uri = request.uri();
            int start = uri.indexOf('?');
            parsed = new QueryString(start < 0 ? null : uri.substring(start + 1));
            query = parsed;
        }
        return parsed;
    }

    @Override
    public @Nullable String header(CharSequence name) {
        return request.requestHeaders().get(name);
    }

    @Override
    public List<String> headers(CharSequence name) {
        return request.requestHeaders().getAll(name);
    }

    @Override
    public @Nullable Deadline deadline() {
        return deadline;
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
