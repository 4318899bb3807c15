package io.fasterapi.spring.webflux.batch;

import io.fasterapi.exchange.Refusals;
import java.util.function.Supplier;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.DispatchExceptionHandler;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Calls methods that stand for batch handlers, by WebFlux's own adapter. Shared by all threads. */
public final class BatchedMethodAdapter implements HandlerAdapter {

    private final Supplier<RequestMappingHandlerAdapter> webFlux;
    private final Supplier<Refusals> refusals;

    /**
     * Creates the adapter.
     *
     * @param webFlux gives WebFlux's own
     * @param refusals gives what refused requests are answered
     */
    public BatchedMethodAdapter(
            Supplier<RequestMappingHandlerAdapter> webFlux, Supplier<Refusals> refusals) {
        this.webFlux = webFlux;
        this.refusals = refusals;
    }

    @Override
    public boolean supports(Object handler) {
        return handler instanceof HandlerMethod method && BatchedMethod.is(method);
    }

    @Override
    public Mono<HandlerResult> handle(ServerWebExchange exchange, Object handler) {
        return webFlux.get()
                .handle(exchange, BatchedMethod.of((HandlerMethod) handler))
                .map(result -> within(exchange, result));
    }

    /** Lets the item find its request, and refuses where the batcher did. */
    private HandlerResult within(ServerWebExchange exchange, HandlerResult result) {
        if (!(result.getReturnValue() instanceof Mono<?> mono)) {
            return result;
        }
        HandlerResult own =
                new HandlerResult(
                        result.getHandler(),
                        mono.contextWrite(
                                context -> context.put(ServerWebExchange.class, exchange)),
                        result.getReturnTypeSource(),
                        result.getBindingContext());
        DispatchExceptionHandler others = result.getExceptionHandler();
        if (others != null) {
            own.setExceptionHandler(refusing(others, refusals.get()));
        }
        return own;
    }

    /** Returns what refuses where a batcher did, and leaves the rest to others. */
    public static DispatchExceptionHandler refusing(
            DispatchExceptionHandler others, Refusals refusals) {
        return (exchange, failure) -> {
            Mono<Void> refused = BatchRefusals.refuse(exchange, failure, refusals);
            return refused == null
                    ? others.handleError(exchange, failure)
                    : refused.then(Mono.empty());
        };
    }
}
