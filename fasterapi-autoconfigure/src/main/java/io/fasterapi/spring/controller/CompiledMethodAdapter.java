package io.fasterapi.spring.controller;

import io.fasterapi.spring.webflux.batch.BatchedMethod;
import io.fasterapi.spring.webflux.batch.BatchedMethodAdapter;
import io.fasterapi.spring.webflux.route.Lane;
import java.util.function.Supplier;
import org.springframework.core.Ordered;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.DispatchExceptionHandler;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Stands before WebFlux's own adapter for methods that are compiled. Requests that take the whole
 * way through WebFlux teach their route; those that come from the direct lane go on from where they
 * got to. Shared by all threads.
 */
public final class CompiledMethodAdapter implements HandlerAdapter, Ordered {

    private final ControllerRoutes routes;
    private final Supplier<RequestMappingHandlerAdapter> webFlux;

    /**
     * Creates the adapter.
     *
     * @param webFlux gives WebFlux's own
     */
    public CompiledMethodAdapter(
            ControllerRoutes routes, Supplier<RequestMappingHandlerAdapter> webFlux) {
        this.routes = routes;
        this.webFlux = webFlux;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public boolean supports(Object handler) {
        return handler instanceof HandlerMethod method && routes.isCompiled(method.getMethod());
    }

    @Override
    public Mono<HandlerResult> handle(ServerWebExchange exchange, Object handler) {
        HandlerMethod method = (HandlerMethod) handler;
        return Mono.deferContextual(
                view -> {
                    Resumption resumption = view.getOrDefault(Resumption.class, null);
                    if (resumption == null || resumption.stage() == Resumption.Stage.NOT_INVOKED) {
                        routes.counters().called(Lane.WEBFLUX);
                        routes.learn(method.getMethod(), exchange);
                        return BatchedMethodAdapter.call(webFlux.get(), exchange, method);
                    }
                    if (!resumption.hasCalled(method.getMethod())) {
                        return Mono.error(
                                new IllegalStateException(
                                        method + ": mapped after another method was called"));
                    }
                    return resume(exchange, method, resumption);
                });
    }

    private Mono<HandlerResult> resume(
            ServerWebExchange exchange, HandlerMethod method, Resumption resumption) {
        if (resumption.status() != null) {
            exchange.getResponse().setStatusCode(resumption.status());
        }
        if (resumption.stage() == Resumption.Stage.FAILED) {
            return failed(exchange, method, resumption.failure());
        }
        routes.status(method.getMethod())
                .ifPresent(status -> exchange.getResponse().setRawStatusCode(status));
        HandlerResult result =
                new HandlerResult(
                        method, resumption.value(), method.getReturnType(), new BindingContext());
        DispatchExceptionHandler handlers = (same, failure) -> failed(exchange, method, failure);
        result.setExceptionHandler(
                BatchedMethod.is(method) ? BatchedMethodAdapter.refusing(handlers) : handlers);
        return Mono.just(result);
    }

    private Mono<HandlerResult> failed(
            ServerWebExchange exchange, HandlerMethod method, Throwable failure) {
        return webFlux.get().handle(exchange, new FailedMethod(BatchedMethod.of(method), failure));
    }
}
