package io.fasterapi.spring.webflux.batch;

import io.fasterapi.admission.Refusals;
import java.util.function.Supplier;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.DispatchExceptionHandler;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Calls methods that stand for batch handlers, through WebFlux's own adapter. All threads share it.
 */
public final class BatchedMethodAdapter implements HandlerAdapter {

    private final Supplier<RequestMappingHandlerAdapter> webFlux;
    private final Supplier<Refusals> refusals;

    /**
     * Creates the adapter.
     *
     * @param webFlux returns WebFlux's adapter
     * @param refusals returns the answers of refused requests
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

    /** Puts the exchange into the context of the item, and answers what the batcher refuses. */
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

    /**
     * Returns a handler that answers what a batcher has refused and leaves all else to the others.
     */
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
