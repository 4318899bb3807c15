package io.fasterapi.spring.webflux.dispatch;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ZeroCopyHttpOutputMessage;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.http.support.Netty4HeadersAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/** A response on Reactor Netty's, like Spring's own. Subclasses write the body. */
abstract class OwnResponse extends AbstractServerHttpResponse implements ZeroCopyHttpOutputMessage {

    private final HttpServerResponse nativeResponse;

    OwnResponse(HttpServerResponse nativeResponse, DataBufferFactory bufferFactory) {
        super(
                bufferFactory,
                new HttpHeaders(new Netty4HeadersAdapter(nativeResponse.responseHeaders())));
        this.nativeResponse = nativeResponse;
    }

    @SuppressWarnings("unchecked")
    @Override
    public <T> T getNativeResponse() {
        return (T) nativeResponse;
    }

    @Override
    public HttpStatusCode getStatusCode() {
        HttpStatusCode status = super.getStatusCode();
        return status != null ? status : HttpStatusCode.valueOf(nativeResponse.status().code());
    }

    @Override
    protected Mono<Void> doCommit(@Nullable Supplier<? extends Mono<Void>> writing) {
        return WholeBody.commit(writing, super::doCommit);
    }

    @Override
    protected void applyStatusCode() {
        HttpStatusCode status = super.getStatusCode();
        if (status != null) {
            nativeResponse.status(status.value());
        }
    }

    @Override
    protected void applyHeaders() {
        // The headers are written through to Netty's.
    }

    @Override
    protected void applyCookies() {
        NettyCookies.add(getCookies(), nativeResponse);
    }

    /**
     * Returns the groups with a failure as the last group. Otherwise the operator that takes groups
     * apart would drop unsent ones when they fail; on an event loop all are sent by then.
     */
    static <T> Flux<Publisher<? extends T>> inOrder(Flux<? extends Publisher<? extends T>> groups) {
        return Flux.<Publisher<? extends T>>from(groups)
                .onErrorResume(failure -> Mono.just(Mono.<T>error(failure)));
    }
}
