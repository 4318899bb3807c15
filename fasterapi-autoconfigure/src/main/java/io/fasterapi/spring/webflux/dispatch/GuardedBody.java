package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.exchange.UnsignalledErrors;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.util.context.Context;

/**
 * The body of a request, whose reader throws nothing at its source: that ends the exchange, and
 * with it the subscription. Reactor Netty would release its last message twice, and with that
 * somebody else's memory; it would not end the exchange, nor would a thread of the application's
 * that reads. Also at its end, which every body has.
 */
final class GuardedBody extends FluxOperator<DataBuffer, DataBuffer> {

    GuardedBody(Flux<DataBuffer> source) {
        super(source);
    }

    @Override
    public void subscribe(CoreSubscriber<? super DataBuffer> actual) {
        source.subscribe(new Guard(actual));
    }

    private record Guard(CoreSubscriber<? super DataBuffer> actual)
            implements CoreSubscriber<DataBuffer> {

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            actual.onSubscribe(subscription);
        }

        @Override
        public void onNext(DataBuffer buffer) {
            try {
                actual.onNext(buffer);
            } catch (Throwable ex) {
                UnsignalledErrors.fail(currentContext(), ex);
            }
        }

        @Override
        public void onError(Throwable cause) {
            try {
                actual.onError(cause);
            } catch (Throwable ex) {
                UnsignalledErrors.fail(currentContext(), ex);
            }
        }

        @Override
        public void onComplete() {
            try {
                actual.onComplete();
            } catch (Throwable ex) {
                UnsignalledErrors.fail(currentContext(), ex);
            }
        }
    }
}
