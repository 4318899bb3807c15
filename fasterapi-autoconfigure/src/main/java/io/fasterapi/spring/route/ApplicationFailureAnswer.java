package io.fasterapi.spring.route;

import io.fasterapi.server.FailureAnswer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.context.ApplicationContext;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Answers failures of direct routes by the application's own exception handlers, as if a handler of
 * WebFlux had thrown them. Thread-safe; runs where it is called.
 */
public final class ApplicationFailureAnswer implements FailureAnswer {

    /** How the failure of the current exchange gets into the handler chain. */
    private static final String FAILURE = ApplicationFailureAnswer.class.getName() + ".FAILURE";

    private final Supplier<HttpHandler> chain;
    private volatile @Nullable HttpHandler built;

    public ApplicationFailureAnswer(ApplicationContext context) {
        this.chain = () -> build(context);
    }

    private static HttpHandler build(ApplicationContext context) {
        return WebHttpHandlerBuilder.webHandler(ApplicationFailureAnswer::raise)
                .exceptionHandlers(
                        handlers ->
                                context.getBeanProvider(WebExceptionHandler.class)
                                        .orderedStream()
                                        .forEach(handlers::add))
                .build();
    }

    private static Mono<Void> raise(ServerWebExchange exchange) {
        return Mono.deferContextual(view -> Mono.error(view.<Throwable>get(FAILURE)));
    }

    @Override
    public Publisher<Void> answer(
            HttpServerRequest request, HttpServerResponse response, Throwable failure) {
        HttpHandler handler = built;
        if (handler == null) {
            handler = chain.get();
            built = handler;
        }
        Throwable translated = WebFailures.translate(failure);
        return new ReactorHttpHandlerAdapter(handler)
                .apply(request, response)
                .contextWrite(context -> context.put(FAILURE, translated));
    }
}
