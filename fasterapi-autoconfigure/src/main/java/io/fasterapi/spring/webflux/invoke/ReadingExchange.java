package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.http.FastRequest;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.i18n.LocaleContextResolver;
import reactor.core.publisher.Flux;

/**
 * The part of an exchange that Spring's body resolver and the known codecs use: the method, the
 * headers Content-Type and Accept-Language, the body and the locale. It belongs to one request; one
 * thread at a time uses it.
 */
final class ReadingExchange implements InvocationHandler {

    /*
     * Exchange and request are proxies. Their interfaces are long and grow with Spring's versions,
     * and almost nothing of them is used here. Any other call fails with a sentence. A test reads
     * with every codec and with validation.
     */
    private static final ClassLoader LOADER = ReadingExchange.class.getClassLoader();
    private static final String LOG_PREFIX = "";

    private final FastRequest request;
    private final LocaleContextResolver locales;
    private final ServerWebExchange exchange;
    private final ServerHttpRequest head;
    private final AtomicBoolean read = new AtomicBoolean();
    private @Nullable HttpHeaders headers;

    ReadingExchange(FastRequest request, LocaleContextResolver locales) {
        this.request = request;
        this.locales = locales;
        this.exchange = proxy(ServerWebExchange.class);
        this.head = proxy(ServerHttpRequest.class);
    }

    private <T> T proxy(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(LOADER, new Class<?>[] {type}, this));
    }

    ServerWebExchange exchange() {
        return exchange;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "getRequest" -> head;
            case "getResponse" -> Unwritten.RESPONSE;
            case "getLogPrefix" -> LOG_PREFIX;
            case "getLocaleContext" -> locales.resolveLocaleContext(exchange);
            case "getMethod" -> HttpMethod.valueOf(request.method());
            case "getHeaders" -> headers();
            case "getBody" -> Flux.defer(this::body);
            case "toString" -> "the body of " + request.path();
            default ->
                    throw new UnsupportedOperationException(
                            method
                                    + ": called while a body is read (expected: only what a codec needs)");
        };
    }

    private HttpHeaders headers() {
        HttpHeaders known = headers;
        if (known == null) {
            known = new HttpHeaders();
            copy(HttpHeaders.CONTENT_TYPE, known);
            copy(HttpHeaders.ACCEPT_LANGUAGE, known);
            headers = known;
        }
        return known;
    }

    private void copy(String name, HttpHeaders to) {
        for (String value : request.headers(name)) {
            to.add(name, value);
        }
    }

    private Flux<DataBuffer> body() {
        if (!read.compareAndSet(false, true)) {
            return Flux.error(
                    new IllegalStateException("body: subscribed to twice (expected: once)"));
        }
        byte[] bytes = request.body();
        return bytes.length == 0
                ? Flux.empty()
                : Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(bytes));
    }

    /** Spring passes it to readers, which do not look at it. */
    private static final class Unwritten {

        private static final ServerHttpResponse RESPONSE =
                (ServerHttpResponse)
                        Proxy.newProxyInstance(
                                LOADER,
                                new Class<?>[] {ServerHttpResponse.class},
                                (proxy, method, arguments) -> {
                                    throw new UnsupportedOperationException(
                                            method
                                                    + ": called while a body is read (expected: only what a codec needs)");
                                });
    }
}
