package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.http.FastRequest;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.core.MethodParameter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.web.bind.support.WebBindingInitializer;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.i18n.LocaleContextResolver;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/**
 * Reads a body that is there already by Spring's own resolver: its readers, its validation, its
 * errors. Shared by all threads.
 *
 * @param resolver Spring's, for the parameter
 * @param parameter takes the body
 * @param initializer the application's, or null
 * @param registry of reactive types
 * @param locales the application's, one that {@link SpringInternals} knows
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
        Outcome outcome = new Outcome();
        resolved.subscribe(outcome);
        return outcome.value();
    }

    /** What comes at once, since the body and its codecs do not wait for anything. */
    private static final class Outcome implements CoreSubscriber<Object> {

        private @Nullable Object value;
        private @Nullable Throwable failure;
        private boolean ended;

        @Nullable Object value() throws Throwable {
            if (!ended) {
                throw new IllegalStateException("body: not read at once (expected: a known codec)");
            }
            if (failure != null) {
                throw failure;
            }
            return value;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Object next) {
            value = next;
        }

        @Override
        public void onError(Throwable cause) {
            failure = cause;
            ended = true;
        }

        @Override
        public void onComplete() {
            ended = true;
        }
    }
}
