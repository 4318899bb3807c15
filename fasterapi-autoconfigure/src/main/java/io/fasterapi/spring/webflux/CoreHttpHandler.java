package io.fasterapi.spring.webflux;

import io.fasterapi.cores.HandlerCores;
import io.fasterapi.exchange.InFlight;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Runs an {@link HttpHandler} on handler cores. Called on event loops; what it decorates runs on a
 * core. A response that is not Reactor Netty's own is handled where it is, as without this class.
 */
public final class CoreHttpHandler implements HttpHandler {

    private final HttpHandler delegate;
    private final HandlerCores cores;
    private final InFlight inFlight;

    public CoreHttpHandler(HttpHandler delegate, HandlerCores cores, InFlight inFlight) {
        this.delegate = delegate;
        this.cores = cores;
        this.inFlight = inFlight;
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        ChannelOperations<?, ?> operations = NativeResponse.of(response);
        if (operations instanceof HttpServerResponse reactorResponse
                && operations.channel().eventLoop().inEventLoop()) {
            CoreExchange exchange =
                    new CoreExchange(
                            operations.channel().eventLoop(),
                            reactorResponse,
                            delegate,
                            cores,
                            inFlight);
            return new CoreCall(exchange, request, response);
        }
        return delegate.handle(request, response);
    }
}
