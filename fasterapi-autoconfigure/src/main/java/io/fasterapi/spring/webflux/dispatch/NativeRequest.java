package io.fasterapi.spring.webflux.dispatch;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.ClassUtils;
import reactor.netty.http.server.HttpServerRequest;

/** Finds Reactor Netty's request behind WebFlux's, as long as nobody has changed it. Any thread. */
public final class NativeRequest {

    /** The name of WebFlux's own class of requests on Reactor Netty. */
    public static final String REACTOR_REQUEST =
            "org.springframework.http.server.reactive.ReactorServerHttpRequest";

    private static final Class<?> REACTOR =
            ClassUtils.resolveClassName(
                    REACTOR_REQUEST, ReactorHttpHandlerAdapter.class.getClassLoader());

    private NativeRequest() {}

    /**
     * Returns Reactor Netty's request, or null if WebFlux's is another server's, a mock, or one
     * that a filter has put in the place of the original.
     */
    public static @Nullable HttpServerRequest of(ServerHttpRequest request) {
        ServerHttpRequest original =
                request instanceof CoreServerHttpRequest onCore ? onCore.original() : request;
        return original.getClass() == REACTOR
                ? ServerHttpRequestDecorator.getNativeRequest(original)
                : null;
    }
}
