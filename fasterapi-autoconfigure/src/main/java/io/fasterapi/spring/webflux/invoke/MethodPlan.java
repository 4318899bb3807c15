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
 * How the requests of one handler method are served at the end of the filter chain. Shared by all
 * threads; what it learns, it learns from what Spring did for the first request.
 */
public final class MethodPlan {

    private final HandlerMethod method;
    private final Binding binding;
    private final List<Row> rows;
    private final @Nullable ValueWriting values;
    private volatile @Nullable InvocableHandlerMethod invocable;
    private volatile @Nullable HandlerResultHandler resultHandler;

    /**
     * What binds values to arguments.
     *
     * @param initializer the application's, or null
     * @param registry of reactive types
     * @param reusable whether one invocable serves all requests: nothing of the application takes
     *     part in the binding, and the bean is always the same
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
     * @param direct lets requests take the direct lane, null if it is closed to all of them
     */
    public record Row(
            PathPattern pattern, MappingCounters counters, @Nullable DirectCondition direct) {}

    /**
     * Creates the plan.
     *
     * @param values writes its usual results, or null if it has none
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
     * @param fallback what became of it on the direct lane, or null
     */
    void served(ServerWebExchange exchange, @Nullable WebFluxFallback fallback) {
        if (exchange.getResponse().isCommitted()) {
            return; // the direct lane did, and it was counted
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

    /** Tells whether {@link #invoke} may be called. */
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

    /** Returns what may write a result instead of its handler, or null. */
    @Nullable ValueWriting valuesOf(HandlerResult result) {
        return values != null && isOf(result) ? values : null;
    }

    /** Returns what writes a result, or null. */
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

    /** The result of an exception handler is written by what fits that. */
    private boolean isOf(HandlerResult result) {
        return result.getHandler() instanceof HandlerMethod handler
                && handler.getMethod().equals(method.getMethod());
    }
}
