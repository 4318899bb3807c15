package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.http.FastRequest;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.web.bind.support.WebBindingInitializer;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.i18n.LocaleContextResolver;
import reactor.core.publisher.Mono;

/**
 * Reads a complete body with Spring's own resolver: its readers, validation and errors. All threads
 * share it.
 *
 * @param resolver Spring's resolver for the parameter
 * @param parameter the parameter
 * @param initializer the application's initializer, or null
 * @param registry the reactive types
 * @param locales the application's resolver, one that {@link SpringInternals} knows
 */
public record BodyReader(
        HandlerMethodArgumentResolver resolver,
        MethodParameter parameter,
        @Nullable WebBindingInitializer initializer,
        ReactiveAdapterRegistry registry,
        LocaleContextResolver locales)
        implements ArgumentReader {

    @Override
    public @Nullable Object read(FastRequest request) throws Throwable {
        ReadingExchange reading = new ReadingExchange(request, locales);
        BindingContext binding = new BindingContext(initializer, registry);
        Mono<Object> resolved = resolver.resolveArgument(parameter, binding, reading.exchange());
        CompletableFuture<@Nullable Object> read = resolved.toFuture();
        if (!read.isDone()) { // neither the body nor the known codecs wait
            throw new IllegalStateException("body: not read at once (expected: a known codec)");
        }
        try {
            return read.join();
        } catch (CompletionException ex) {
            throw Objects.requireNonNull(ex.getCause());
        }
    }
}
