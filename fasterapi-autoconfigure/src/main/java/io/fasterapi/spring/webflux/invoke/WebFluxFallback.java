package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.admission.Refusals;
import io.fasterapi.spring.webflux.batch.BatchedMethod;
import io.fasterapi.spring.webflux.batch.BatchedMethodAdapter;
import io.fasterapi.spring.webflux.route.LaneRestriction.Reason;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.DispatchExceptionHandler;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * A request that leaves the direct lane and goes on in WebFlux, with the state of its controller
 * method. Created on the thread that ran the method; it has no stack trace.
 */
final class WebFluxFallback extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** How far the request has got. */
    enum Stage {
        /** No code of the application has run. WebFlux does everything. */
        NOT_INVOKED,
        /** The method, or a reader of its arguments, has failed. WebFlux handles the failure. */
        FAILED,
        /** The method has returned a value that WebFlux must write. */
        RETURNED,
        /** The result could not be encoded. WebFlux handles the failure. */
        UNWRITTEN,
        /** The result has failed while it was written. WebFlux handles the failure. */
        BROKEN_OFF
    }

    private final Stage stage;
    private final transient CompiledMethod method;
    private final byte[] body;
    private final transient @Nullable Object outcome;
    private final Reason reason;
    private transient @Nullable ResponseEntity<?> entity;

    private WebFluxFallback(
            Stage stage,
            CompiledMethod method,
            byte[] body,
            @Nullable Object outcome,
            Reason reason) {
        super(stage.name(), null, false, false);
        this.stage = stage;
        this.method = method;
        this.body = body;
        this.outcome = outcome;
        this.reason = reason;
    }

    static WebFluxFallback notInvoked(CompiledMethod method, byte[] body, Reason reason) {
        return new WebFluxFallback(Stage.NOT_INVOKED, method, body, null, reason);
    }

    static WebFluxFallback failed(CompiledMethod method, byte[] body, Throwable failure) {
        return new WebFluxFallback(Stage.FAILED, method, body, failure, Reason.FAILURE);
    }

    static WebFluxFallback returned(
            CompiledMethod method, byte[] body, @Nullable Object value, Reason reason) {
        return new WebFluxFallback(Stage.RETURNED, method, body, value, reason);
    }

    static WebFluxFallback unwritten(
            CompiledMethod method,
            byte[] body,
            Throwable failure,
            @Nullable ResponseEntity<?> entity) {
        WebFluxFallback fallback =
                new WebFluxFallback(Stage.UNWRITTEN, method, body, failure, Reason.FAILURE);
        fallback.entity = entity;
        return fallback;
    }

    static WebFluxFallback brokenOff(CompiledMethod method, byte[] body, Throwable failure) {
        return new WebFluxFallback(Stage.BROKEN_OFF, method, body, failure, Reason.FAILURE);
    }

    Stage stage() {
        return stage;
    }

    Reason reason() {
        return reason;
    }

    /** Sends the request through the whole handler, which goes on from this state. */
    Mono<Void> through(HttpHandler whole, ServerHttpRequest request, ServerHttpResponse response) {
        ServerHttpRequest read = body.length == 0 ? request : new ReplayedRequest(request, body);
        return whole.handle(read, response)
                .contextWrite(context -> context.put(WebFluxFallback.class, this));
    }

    /**
     * Goes on from this state.
     *
     * @param mapped the method that WebFlux has found, which must be the one that was called
     */
    Mono<HandlerResult> resume(
            ServerWebExchange exchange, HandlerMethod mapped, DispatchParts parts) {
        Method called = method.method().getMethod();
        if (!called.equals(mapped.getMethod())) {
            return Mono.error(
                    new IllegalStateException(mapped + ": mapped after " + called + " was called"));
        }
        if (stage == Stage.FAILED || stage == Stage.BROKEN_OFF) {
            return failed(exchange, mapped, parts, outcome instanceof Throwable t ? t : this);
        }
        Integer status = method.status();
        if (status != null) {
            exchange.getResponse().setRawStatusCode(status);
        }
        if (stage == Stage.UNWRITTEN) {
            return unwritten(exchange, mapped, parts);
        }
        HandlerResult result =
                new HandlerResult(mapped, outcome, mapped.getReturnType(), new BindingContext());
        DispatchExceptionHandler handlers =
                (same, failure) ->
                        FailedMethod.handle(parts, exchange, BatchedMethod.of(mapped), failure);
        Refusals refusals = method.refusals();
        result.setExceptionHandler(
                refusals == null ? handlers : BatchedMethodAdapter.refusing(handlers, refusals));
        return Mono.just(result);
    }

    /** Sets in the response what Spring sets before it encodes. */
    private Mono<HandlerResult> unwritten(
            ServerWebExchange exchange, HandlerMethod mapped, DispatchParts parts) {
        ResponseEntity<?> own = entity;
        if (own != null) {
            exchange.getResponse().setStatusCode(own.getStatusCode());
            exchange.getResponse().getHeaders().putAll(own.getHeaders());
        }
        return failed(exchange, mapped, parts, outcome instanceof Throwable t ? t : this);
    }

    private static Mono<HandlerResult> failed(
            ServerWebExchange exchange,
            HandlerMethod mapped,
            DispatchParts parts,
            Throwable failure) {
        FailedMethod failed = new FailedMethod(BatchedMethod.of(mapped), failure);
        HandlerAdapter adapter = parts.adapterOf(failed);
        return adapter == null ? Mono.error(failure) : adapter.handle(exchange, failed);
    }
}
