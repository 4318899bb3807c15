package io.fasterapi.spring.webflux.invoke;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Mono;

/**
 * Learns how Spring answers an Accept header: from the Content-Type that is set when Spring begins
 * to write, unless the application has chosen it itself. It belongs to one exchange.
 */
final class FormatLearning extends ServerHttpResponseDecorator {

    private final ValueWriting values;
    private final String accept;
    private @Nullable Object returned;
    private @Nullable MediaType negotiated;
    private boolean typed;

    FormatLearning(ValueWriting values, ServerHttpResponse response, String accept) {
        super(response);
        this.values = values;
        this.accept = accept;
    }

    /** Notes what a method has returned, and returns what Spring is to write. */
    @Nullable Object watched(@Nullable Object value) {
        if (!(value instanceof Mono<?> mono)) {
            note(value);
            return value;
        }
        return isEntity() ? mono.doOnNext(this::note) : mono.doOnSubscribe(this::begins);
    }

    private boolean isEntity() {
        return values.result().entity();
    }

    /** Spring sets the type of a body before it subscribes to it. */
    private void begins(Subscription subscription) {
        negotiated = getHeaders().getContentType();
    }

    private void note(@Nullable Object value) {
        returned = value;
        typed = getHeaders().getContentType() != null;
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
        learn();
        return super.writeWith(body);
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
        learn();
        return super.writeAndFlushWith(body);
    }

    private void learn() {
        MediaType type = getHeaders().getContentType();
        if (type != null && type.isConcrete() && !isChosen(type) && values.result().isKnown(type)) {
            values.formats().learn(accept, type);
        }
    }

    /** Returns whether the type may be the application's choice for this one answer. */
    private boolean isChosen(MediaType type) {
        if (negotiated != null) {
            return !negotiated.equals(type);
        }
        if (typed || !isEntity()) {
            return typed;
        }
        if (returned instanceof CompletionStage<?> stage) {
            stage.whenComplete((value, failure) -> returned = value); // the value is there already
        }
        return !(returned instanceof ResponseEntity<?> entity) || !PlainEntity.is(entity);
    }
}
