package io.fasterapi.netty;

import io.fasterapi.http.Deadline;
import io.fasterapi.http.JsonCodec;
import io.fasterapi.route.QueryString;
import io.fasterapi.route.Route;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

/** A direct route's view of a request. */
final class DirectRequest extends AbstractFastRequest {

    static final byte[] EMPTY = {};

    private final String method;
    private final String uri;
    private final HttpHeaders headers;
    private byte[] body = EMPTY;
    private @Nullable QueryString query;

    /**
     * Creates the view.
     *
     * @param variables the values of the path's variables, as matched
     */
    DirectRequest(
            HttpServerRequest request,
            Route route,
            String[] variables,
            JsonCodec json,
            @Nullable Deadline deadline) {
        super(route, variables, json, deadline);
        this.method = request.method().name();
        this.uri = request.uri();
        this.headers = request.requestHeaders();
    }

    /** Creates the view of a request whose body is complete. */
    DirectRequest(
            HttpRequest request,
            Route route,
            String[] variables,
            JsonCodec json,
            byte[] body,
            @Nullable Deadline deadline) {
        super(route, variables, json, deadline);
        this.body = body;
        this.method = request.method().name();
        this.uri = request.uri();
        this.headers = request.headers();
    }

    /** Returns all headers. */
    HttpHeaders all() {
        return headers;
    }

    void body(byte[] bytes) {
        body = bytes;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        int end = uri.indexOf('?');
        return end < 0 ? uri : uri.substring(0, end);
    }

    @Override
    public List<String> queryParameters(String name) {
        return query().texts(name);
    }

    private QueryString query() {
        QueryString parsed = query;
        if (parsed == null) {
            int start = uri.indexOf('?');
            parsed = new QueryString(start < 0 ? null : uri.substring(start + 1));
            query = parsed;
        }
        return parsed;
    }

    @Override
    public @Nullable String header(CharSequence name) {
        return headers.get(name);
    }

    @Override
    public List<String> headers(CharSequence name) {
        return headers.getAll(name);
    }

    @Override
    public byte[] body() {
        return body;
    }
}
