package io.fasterapi.spring.webflux.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

/** A body of one buffer arrives whoever gives it up, so that somebody can release it. */
class WholeBodyTest {

    private final DataBuffer buffer = new DefaultDataBufferFactory().wrap(new byte[] {1});
    private final List<DataBuffer> seen = new ArrayList<>();

    @Test
    void arrivesThoughItIsCancelled() {
        new WholeBody(Mono.fromCallable(() -> buffer)).subscribe(cancelling());

        assertThat(seen).containsExactly(buffer);
    }

    @Test
    void isTakenThoughWhoeverWaitsForItsEndHasGone() {
        Mono<Void> written =
                new WholeBody(Mono.fromCallable(() -> buffer))
                        .flatMap(
                                each -> {
                                    seen.add(each);
                                    return Mono.empty();
                                });
        written.subscribe(cancelling());

        assertThat(seen).containsExactly(buffer);
    }

    @Test
    void anotherMonoWouldBeLost() {
        Mono.fromCallable(() -> buffer).subscribe(cancelling());

        assertThat(seen).isEmpty();
    }

    private <T> BaseSubscriber<T> cancelling() {
        return new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.cancel();
            }

            @Override
            protected void hookOnNext(T value) {
                seen.add((DataBuffer) value);
            }
        };
    }
}
