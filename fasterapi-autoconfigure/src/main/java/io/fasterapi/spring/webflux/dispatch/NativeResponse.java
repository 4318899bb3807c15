package io.fasterapi.spring.webflux.dispatch;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.netty.channel.ChannelOperations;

/** Finds Reactor Netty's response behind WebFlux's. On any thread. */
final class NativeResponse {

    private NativeResponse() {}

    /** Returns Reactor Netty's response, or null if there is another server's or a mock. */
    static @Nullable ChannelOperations<?, ?> of(ServerHttpResponse response) {
        Object found;
        try {
            found = ServerHttpResponseDecorator.getNativeResponse(response);
        } catch (IllegalStateException | IllegalArgumentException mockOrForeign) {
            return null;
        }
        return found instanceof ChannelOperations<?, ?> operations ? operations : null;
    }
}
