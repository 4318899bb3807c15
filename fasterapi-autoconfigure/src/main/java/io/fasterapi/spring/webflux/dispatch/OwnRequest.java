package io.fasterapi.spring.webflux.dispatch;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.http.server.RequestPath;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.util.MultiValueMap;

/**
 * Spring's request with another body. Applications may cast it as they may cast Spring's own. One
 * thread at a time uses it.
 */
public abstract class OwnRequest extends AbstractServerHttpRequest {

    private final ServerHttpRequest original;
    private @Nullable Supplier<Map<String, Object>> attributes;

    /**
     * Creates the request.
     *
     * @param original provides everything but the body
     */
    protected OwnRequest(ServerHttpRequest original) {
        super(original.getMethod(), original.getURI(), null, original.getHeaders());
        this.original = original;
    }

    /** Returns the original request. */
    protected final ServerHttpRequest original() {
        return original;
    }

    @Override
    protected String initId() {
        return original.getId();
    }

    /** Parsed once for both requests, with the original's context path. */
    @Override
    public RequestPath getPath() {
        return original.getPath();
    }

    @Override
    protected MultiValueMap<String, String> initQueryParams() {
        return original.getQueryParams();
    }

    @Override
    protected MultiValueMap<String, HttpCookie> initCookies() {
        return original.getCookies();
    }

    @Override
    protected @Nullable SslInfo initSslInfo() {
        return original.getSslInfo();
    }

    @Override
    public @Nullable InetSocketAddress getLocalAddress() {
        return original.getLocalAddress();
    }

    @Override
    public @Nullable InetSocketAddress getRemoteAddress() {
        return original.getRemoteAddress();
    }

    /**
     * Returns the server's request.
     *
     * @throws IllegalArgumentException if the original is neither Spring's own nor a decorator
     */
    @Override
    public <T> T getNativeRequest() {
        return ServerHttpRequestDecorator.getNativeRequest(original);
    }

    /** Returns the attributes of this request's exchange, or the original's if there is none. */
    @Override
    public Map<String, Object> getAttributes() {
        Supplier<Map<String, Object>> own = attributes;
        return own == null ? original.getAttributes() : own.get();
    }

    @Override
    public void setAttributesSupplier(Supplier<Map<String, Object>> supplier) {
        attributes = supplier;
    }
}
