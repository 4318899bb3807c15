package io.fasterapi.spring.webflux.dispatch;

import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.util.context.Context;

/**
 * The body of one buffer that Spring's response hands over, which is there. It arrives even if it
 * is cancelled: Spring gives up its claim to the buffer as soon as this is subscribed to, so a
 * cancellation before it arrives would leave it to nobody.
 */
final class WholeBody extends MonoOperator<DataBuffer, DataBuffer> {

    WholeBody(Mono<? extends DataBuffer> source) {
        super(Mono.from(source));
    }

    @Override
    public void subscribe(CoreSubscriber<? super DataBuffer> actual) {
        source.subscribe(new Arrival(actual));
    }

    private record Arrival(CoreSubscriber<? super DataBuffer> actual)
            implements CoreSubscriber<DataBuffer>, Subscription {

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            actual.onSubscribe(this);
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(DataBuffer buffer) {
            actual.onNext(buffer);
        }

        @Override
        public void onError(Throwable cause) {
            actual.onError(cause);
        }

        @Override
        public void onComplete() {
            actual.onComplete();
        }

        @Override
        public void request(long n) {
            // It is there.
        }

        @Override
        public void cancel() {
            // It arrives, and whoever takes it sends or releases it.
        }
    }
}
