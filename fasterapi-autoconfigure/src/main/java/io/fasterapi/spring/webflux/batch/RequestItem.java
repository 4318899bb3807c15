package io.fasterapi.spring.webflux.batch;

import io.fasterapi.batch.BatchItem;
import io.fasterapi.http.Deadline;
import io.fasterapi.http.FastRequest;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * An item that knows its request, on any lane. It belongs to the request.
 *
 * @param headers returns the values of a header
 * @param variables returns the value of a path variable
 */
record RequestItem<T>(
        T item,
        @Nullable Principal principal,
        Function<String, List<String>> headers,
        Function<String, String> variables,
        @Nullable Deadline deadline)
        implements BatchItem<T> {

    /** Returns an item with the request that the context holds. */
    static <T> Mono<BatchItem<T>> of(T item, ContextView context) {
        Deadline deadline = Deadline.of(context);
        ServerWebExchange exchange = context.getOrDefault(ServerWebExchange.class, null);
        if (exchange == null) {
            FastRequest request = context.get(FastRequest.class);
            return Mono.just(
                    new RequestItem<>(
                            item, null, request::headers, request::pathVariable, deadline));
        }
        Function<String, List<String>> headers =
                name -> exchange.getRequest().getHeaders().getOrEmpty(name);
        return exchange.getPrincipal()
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .map(
                        principal ->
                                new RequestItem<>(
                                        item,
                                        principal.orElse(null),
                                        headers,
                                        name -> variable(exchange, name),
                                        deadline));
    }

    private static String variable(ServerWebExchange exchange, String name) {
        Map<String, String> all =
                exchange.getAttributeOrDefault(
                        HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.of());
        String value = all.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no variable " + name + " in " + all.keySet());
        }
        return value;
    }

    @Override
    public List<String> headers(String name) {
        return headers.apply(name);
    }

    @Override
    public String pathVariable(String name) {
        return variables.apply(name);
    }
}
