package io.fasterapi.spring.webflux.route;

import io.fasterapi.netty.ExchangeEnd;
import io.fasterapi.netty.FailureAnswer;
import org.reactivestreams.Publisher;
import org.springframework.context.ApplicationContext;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Answers failures of direct routes with the application's own exception handlers, as if a WebFlux
 * handler had thrown them. Thread-safe; it runs on the calling thread.
 */
public final class ApplicationFailureAnswer implements FailureAnswer {

    /** The key of the failure in the context of the handler chain. */
    private static final String FAILURE = ApplicationFailureAnswer.class.getName() + ".FAILURE";

    private final SingletonSupplier<HttpHandler> chain;

    public ApplicationFailureAnswer(ApplicationContext context) {
        this.chain = SingletonSupplier.of(() -> build(context));
    }

    private static HttpHandler build(ApplicationContext context) {
        WebHandler dispatcher =
                context.getBean(WebHttpHandlerBuilder.WEB_HANDLER_BEAN_NAME, WebHandler.class);
        HttpHandler built =
                WebHttpHandlerBuilder.webHandler(exchange -> raise(exchange, dispatcher))
                        .exceptionHandlers(
                                handlers ->
                                        context.getBeanProvider(WebExceptionHandler.class)
                                                .orderedStream()
                                                .forEach(handlers::add))
                        .build();
        return (request, response) ->
                built.handle(request, response)
                        .onErrorMap(Exceptions::isFatal, ExchangeEnd::signal);
    }

    /** The dispatcher asks the mapping of fast routes first, which throws the failure. */
    private static Mono<Void> raise(ServerWebExchange exchange, WebHandler dispatcher) {
        return Mono.deferContextual(
                view -> {
                    exchange.getAttributes()
                            .put(FastRouteMapping.FAILURE, view.<Throwable>get(FAILURE));
                    return dispatcher.handle(exchange);
                });
    }

    @Override
    public Publisher<Void> answer(
            HttpServerRequest request, HttpServerResponse response, Throwable failure) {
        Throwable translated = FastRouteCalls.translate(failure);
        return new ReactorHttpHandlerAdapter(chain.obtain())
                .apply(request, response)
                .contextWrite(context -> context.put(FAILURE, translated));
    }
}
