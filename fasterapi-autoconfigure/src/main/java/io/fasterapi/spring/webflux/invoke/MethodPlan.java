package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.spring.webflux.route.Lane;
import io.fasterapi.spring.webflux.route.LaneRestriction.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.web.bind.support.WebBindingInitializer;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.DispatchExceptionHandler;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.HandlerResultHandler;
import org.springframework.web.reactive.result.method.InvocableHandlerMethod;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import reactor.core.publisher.Mono;

/**
 * How the requests of one handler method are served at the end of the filter chain. All threads
 * share it. It learns from what Spring did for the first request.
 */
public final class MethodPlan {

    private final HandlerMethod method;
    private final Binding binding;
    private final List<Row> rows;
    private final @Nullable ValueWriting values;
    private volatile @Nullable InvocableHandlerMethod invocable;
    private volatile @Nullable HandlerResultHandler resultHandler;

    /**
     * How values are bound to arguments.
     *
     * @param initializer the application's initializer, or null
     * @param registry the reactive types
     * @param reusable whether one invocable serves all requests: the application takes no part in
     *     the binding, and the bean is always the same
     * @param fixedResult whether all results have the same handler
     */
    public record Binding(
            @Nullable WebBindingInitializer initializer,
            ReactiveAdapterRegistry registry,
            boolean reusable,
            boolean fixedResult) {}

    /**
     * One pattern of the method.
     *
     * @param direct accepts requests for the direct lane; null if it accepts none
     */
    public record Row(
            PathPattern pattern, MappingCounters counters, @Nullable DirectCondition direct) {}

    /**
     * Creates the plan.
     *
     * @param values writes its usual results, or null
     */
    public MethodPlan(
            HandlerMethod method, Binding binding, List<Row> rows, @Nullable ValueWriting values) {
        this.method = method;
        this.binding = binding;
        this.rows = List.copyOf(rows);
        this.values = values;
    }

    Class<?> beanType() {
        return method.getBeanType();
    }

    /**
     * Counts a request.
     *
     * @param fallback how it left the direct lane, or null
     */
    void served(ServerWebExchange exchange, @Nullable WebFluxFallback fallback) {
        if (exchange.getResponse().isCommitted()) {
            return; // the direct lane has answered and counted it
        }
        Row row = rowOf(exchange);
        DirectCondition direct = row.direct();
        if (direct == null) {
            row.counters().served(Lane.FILTERED);
            return;
        }
        Reason reason =
                fallback == null ? direct.explain(exchange.getRequest()) : fallback.reason();
        row.counters().served(Lane.FILTERED, reason, method);
    }

    private Row rowOf(ServerWebExchange exchange) {
        if (rows.size() > 1) {
            Object matched = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
            for (Row row : rows) {
                if (row.pattern().equals(matched)) {
                    return row;
                }
            }
        }
        return rows.get(0);
    }

    /** Returns whether {@link #invoke} may be called. */
    boolean isSettled() {
        return invocable != null;
    }

    /** Invokes the method as its adapter would. */
    Mono<HandlerResult> invoke(ServerWebExchange exchange) {
        InvocableHandlerMethod known = invocable;
        if (known == null) {
            throw new IllegalStateException(
                    method + ": not called before (expected: called by its adapter once)");
        }
        return known.invoke(
                exchange, new BindingContext(binding.initializer(), binding.registry()));
    }

    /**
     * Looks at a result before it is written.
     *
     * @param invoked whether {@link #invoke} has made it, so that the adapter knows nothing of it
     */
    void returned(HandlerResult result, boolean invoked, DispatchExceptionHandler failures) {
        if (invoked) {
            result.setExceptionHandler(failures);
        } else if (binding.reusable()
                && isOf(result)
                && result.getHandler() instanceof InvocableHandlerMethod own) {
            invocable = own;
        }
    }

    /** Returns the writer that may replace the result's handler, or null. */
    @Nullable ValueWriting valuesOf(HandlerResult result) {
        return values != null && isOf(result) ? values : null;
    }

    /** Returns the handler of a result, or null. */
    @Nullable HandlerResultHandler resultHandler(HandlerResult result, DispatchParts parts) {
        HandlerResultHandler known = resultHandler;
        if (known == null || !isOf(result)) {
            known = parts.resultHandlerOf(result);
            if (binding.fixedResult() && isOf(result)) {
                resultHandler = known;
            }
        }
        return known;
    }

    /**
     * Returns whether a result is this method's. One of an exception handler has another handler.
     */
    private boolean isOf(HandlerResult result) {
        return result.getHandler() instanceof HandlerMethod handler
                && handler.getMethod().equals(method.getMethod());
    }
}
