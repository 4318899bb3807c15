package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.admission.UnsignalledErrors;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.util.context.Context;

/**
 * A request body that keeps exceptions of its reader from its source: they end the exchange and the
 * subscription instead. Otherwise Reactor Netty would release its last message twice, which may
 * free memory of another request, and would not end the exchange. A thread of the application that
 * reads would not end it either. This also covers the end signal, which every body has.
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
