package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.netty.ExchangeEnd;
import io.fasterapi.netty.FailureAnswer;
import io.fasterapi.netty.Workers;
import io.fasterapi.spring.webflux.dispatch.GuardedResponse;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import reactor.core.Exceptions;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Sends requests that leave the direct lane through the application's whole handler, with the body
 * that was read already, and lets Spring's writers send streamed results. It runs on the calling
 * thread; all threads share it.
 */
public final class FallbackAnswer implements FailureAnswer {

    private final FailureAnswer otherFailures;
    private final Supplier<HttpHandler> handler;
    private volatile @Nullable HttpHandler found;

    /**
     * Creates the fallback.
     *
     * @param otherFailures answers all other failures
     * @param handler returns the application's handler
     */
    public FallbackAnswer(FailureAnswer otherFailures, Supplier<HttpHandler> handler) {
        this.otherFailures = otherFailures;
        this.handler = handler;
    }

    @Override
    public boolean records(Throwable failure) {
        return failure instanceof WebFluxFallback
                || failure instanceof StreamedResult
                || otherFailures.records(failure);
    }

    @Override
    public Publisher<Void> answer(
            HttpServerRequest request, HttpServerResponse response, Throwable failure) {
        HttpHandler handler;
        if (failure instanceof WebFluxFallback fallback) {
            handler = (asked, answer) -> fallback.through(whole(), asked, answer);
        } else if (failure instanceof StreamedResult streamed) {
            handler = (asked, answer) -> streamed.write(whole(), asked, answer);
        } else {
            return otherFailures.answer(request, response, failure);
        }
        HttpHandler guarded =
                (asked, answer) ->
                        handler.handle(asked, GuardedResponse.of(answer, response))
                                .onErrorMap(Exceptions::isFatal, ExchangeEnd::signal);
        return new ReactorHttpHandlerAdapter(guarded)
                .apply(request, response)
                .contextWrite(Workers::withinExchange);
    }

    private HttpHandler whole() {
        HttpHandler known = found;
        if (known == null) {
            known = handler.get();
            found = known;
        }
        return known;
    }
}
