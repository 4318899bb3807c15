package io.fasterapi.spring.webflux.dispatch;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/** A request of Spring's that we have put something before. */
public abstract class OwnRequest extends ServerHttpRequestDecorator {

    protected OwnRequest(ServerHttpRequest delegate) {
        super(delegate);
    }
}
