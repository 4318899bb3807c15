package io.fasterapi.spring.controller;

import io.fasterapi.http.FastHandler;
import io.fasterapi.http.FastRequest;
import io.fasterapi.http.FastResponse;
import io.fasterapi.route.Route;
import io.fasterapi.spring.controller.Result.Wrapping;
import io.fasterapi.spring.webflux.route.Lane;
import io.fasterapi.write.AnswerSizes;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;
import java.security.Principal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.accept.ApiVersionHolder;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import reactor.core.publisher.Mono;

/**
 * Serves one compiled method behind the application's filters: what WebFlux notes in an exchange,
 * arguments, call, answer. Shared by all threads; runs on the one that the last filter is on.
 */
final class FilteredMethod implements FastHandler {

    private static final Object ABSENT = new Object();

    private final CompiledMethod compiled;
    private final PathPattern pattern;
    private final Answer answer;
    private final AnswerSizes sizes = new AnswerSizes();
    private final LaneCounters counters;
    private final boolean readsBody;
    private final boolean readsNoCookie;
    private final int mostBytes;
    private final boolean wantsPrincipal;
    private final boolean wantsResponse;
    private final boolean batched;

    /**
     * Creates the end of a route.
     *
     * @param mostBytes the longest body that is read, in bytes
     */
    FilteredMethod(
            CompiledMethod compiled, PathPattern pattern, int mostBytes, LaneCounters counters) {
        this.compiled = compiled;
        this.pattern = pattern;
        this.answer = new Answer(compiled, null); // set where the method is called
        this.mostBytes = mostBytes;
        this.counters = counters;
        this.readsBody = compiled.body() != null;
        this.readsNoCookie = compiled.readsNoCookie();
        this.wantsPrincipal = compiled.wantsPrincipal();
        this.batched = compiled.isBatched();
        this.wantsResponse = compiled.wantsResponse();
    }

    /** Never called: only the filtered lane holds these routes. */
    @Override
    public void handle(FastRequest request, FastResponse response) {
        throw new UnsupportedOperationException("route: of the filtered lane");
    }

    boolean readsBody() {
        return readsBody;
    }

    int mostBytes() {
        return mostBytes;
    }

    /** A changed request may show other cookies or another body than its headers say. */
    boolean readsHeadOnly() {
        return readsNoCookie && !readsBody;
    }

    /** Whether nobody has answered or begun to. */
    static boolean isFresh(ServerHttpResponse response) {
        return !response.isCommitted()
                && response.getHeaders().getFirst("Content-Type") == null
                && response.getHeaders().getFirst("Content-Length") == null
                && response.bufferFactory() instanceof NettyDataBufferFactory;
    }

    /** Notes in the exchange what WebFlux notes there when a mapping matches. */
    void note(ServerWebExchange exchange, Route route, String[] variables) {
        Map<String, Object> attributes = exchange.getAttributes();
        attributes.put(
                HandlerMapping.PATH_WITHIN_HANDLER_MAPPING_ATTRIBUTE,
                exchange.getRequest().getPath().pathWithinApplication().value());
        attributes.put(HandlerMapping.API_VERSION_ATTRIBUTE, ApiVersionHolder.EMPTY);
        attributes.remove(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE);
        attributes.put(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE, compiled.method());
        attributes.put(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, pattern);
        attributes.put(
                HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, variables(route, variables));
        attributes.put(HandlerMapping.MATRIX_VARIABLES_ATTRIBUTE, Collections.emptyMap());
        Object observed =
                attributes.get(
                        ServerRequestObservationContext.CURRENT_OBSERVATION_CONTEXT_ATTRIBUTE);
        if (observed instanceof ServerRequestObservationContext context) {
            context.setPathPattern(pattern.getPatternString());
        }
    }

    private static Map<String, String> variables(Route route, String[] values) {
        if (values.length == 0) {
            return Collections.emptyMap();
        }
        List<String> names = route.variableNames();
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            variables.put(names.get(i), values[i]);
        }
        return Collections.unmodifiableMap(variables);
    }

    /** Calls the method and answers, or lets WebFlux go on from where that got to. */
    Mono<Void> serve(FilteredRequest request, WebFilterChain chain) {
        if (!wantsPrincipal) {
            return call(request, chain);
        }
        return request.exchange()
                .getPrincipal()
                .<Object>map(principal -> principal)
                .onErrorResume(failure -> Mono.just(new Failure(failure)))
                .defaultIfEmpty(ABSENT)
                .flatMap(
                        found -> {
                            if (found instanceof Failure failure) {
                                return goOn(failed(request, failure.cause()), request, chain);
                            }
                            request.principal(found == ABSENT ? null : (Principal) found);
                            return call(request, chain);
                        });
    }

    private Mono<Void> call(FilteredRequest request, WebFilterChain chain) {
        String accept = request.header(HttpHeaderNames.ACCEPT);
        AsciiString type = compiled.types().find(accept == null ? "" : accept);
        @Nullable Object[] arguments = type == null ? null : arguments(request);
        if (type == null || arguments == null) {
            Resumption untouched =
                    Resumption.notInvoked(compiled.method().getMethod(), request.body());
            return goOn(untouched, request, chain);
        }
        counters.called(Lane.FILTERED);
        Object value;
        try {
            value = compiled.invocation().call(arguments);
        } catch (Throwable ex) {
            return goOn(failed(request, ex), request, chain);
        }
        ServerHttpResponse response = request.exchange().getResponse();
        if (compiled.status() != null) {
            response.setStatusCode(HttpStatusCode.valueOf(compiled.status()));
        }
        Wrapping wrapping = compiled.result().wrapping();
        if (value == null || wrapping == Wrapping.PLAIN) {
            return write(value, value, type, request, chain);
        }
        return wrapping == Wrapping.MONO
                ? await(within(request, (Mono<?>) value), null, type, request, chain)
                : await(stage((CompletionStage<?>) value), value, type, request, chain);
    }

    /** A batch handler's item finds its request in the context. */
    private Mono<?> within(FilteredRequest request, Mono<?> mono) {
        return batched
                ? mono.contextWrite(c -> c.put(ServerWebExchange.class, request.exchange()))
                : mono;
    }

    private static Mono<?> stage(CompletionStage<?> stage) {
        return Mono.fromCompletionStage(stage);
    }

    private Resumption failed(FilteredRequest request, Throwable failure) {
        return Resumption.failed(compiled.method().getMethod(), request.body(), failure);
    }

    private @Nullable Object @Nullable [] arguments(FilteredRequest request) {
        List<ArgumentReader> readers = compiled.arguments();
        @Nullable Object[] values = new Object[readers.size()];
        try {
            for (int i = 0; i < values.length; i++) {
                values[i] = readers.get(i).read(request);
            }
        } catch (Unresolved ex) {
            return null;
        }
        return values;
    }

    private Mono<Void> await(
            Mono<?> mono,
            @Nullable Object returned,
            AsciiString type,
            FilteredRequest request,
            WebFilterChain chain) {
        return mono.<Object>map(value -> value)
                .onErrorResume(failure -> Mono.just(new Failure(failure)))
                .defaultIfEmpty(ABSENT)
                .flatMap(
                        value -> {
                            if (value instanceof Failure failure) {
                                Object again =
                                        returned == null ? Mono.error(failure.cause()) : returned;
                                return goOn(answer.resumed(again, request), request, chain);
                            }
                            Object given = value == ABSENT ? null : value;
                            Object again = returned == null ? Mono.justOrEmpty(given) : returned;
                            return write(given, again, type, request, chain);
                        });
    }

    /**
     * What a Mono ended with.
     *
     * @param cause its error
     */
    private record Failure(Throwable cause) {}

    private Mono<Void> write(
            @Nullable Object value,
            @Nullable Object returned,
            AsciiString type,
            FilteredRequest request,
            WebFilterChain chain) {
        if (endsHere(returned)) {
            return Mono.empty();
        }
        ServerHttpResponse response = request.exchange().getResponse();
        if (!isFresh(response)) {
            return goOn(answer.resumed(returned, request), request, chain);
        }
        boolean completes = value != null && compiled.result().entity();
        FilteredResponse target =
                new FilteredResponse(
                        response,
                        (NettyDataBufferFactory) response.bufferFactory(),
                        sizes,
                        completes);
        try {
            answer.write(value, returned, type, request, target);
        } catch (Resumption resumption) {
            return goOn(resumption, request, chain);
        }
        return target.written()
                .onErrorResume(failure -> goOn(failed(request, failure), request, chain));
    }

    /** Whether nothing is left to write: no value was to come, or the method answered itself. */
    private boolean endsHere(@Nullable Object returned) {
        return returned == null ? wantsResponse || compiled.status() != null || isVoid() : isVoid();
    }

    private boolean isVoid() {
        return compiled.result().kind() == ResultKind.NONE && !compiled.result().entity();
    }

    private Mono<Void> goOn(Resumption resumption, FilteredRequest request, WebFilterChain chain) {
        ServerWebExchange exchange = request.exchange();
        ServerHttpResponse response = exchange.getResponse();
        HttpStatusCode status = response.getStatusCode();
        if (status == HttpStatus.FORBIDDEN) {
            // The dispatcher takes it for a refusal by CORS; it is the method's own.
            if (!response.setStatusCode(null)) {
                return resumption.stage() == Resumption.Stage.FAILED
                        ? Mono.error(resumption.failure())
                        : Mono.empty();
            }
            resumption.restore(status);
        }
        byte[] body = resumption.body();
        ServerWebExchange again =
                readsBody
                        ? exchange.mutate()
                                .request(ReplayedRequest.of(exchange.getRequest(), body))
                                .build()
                        : exchange;
        return chain.filter(again)
                .contextWrite(context -> context.put(Resumption.class, resumption));
    }

    @Override
    public String toString() {
        return compiled.method().toString();
    }
}
