package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.exchange.UnsignalledErrors;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.util.context.Context;

/**
 * A request whose body throws nothing at Reactor Netty, which would release its last message twice,
 * and with that somebody else's memory. On the event loop.
 */
final class GuardedRequest extends OwnRequest {

    private GuardedRequest(ServerHttpRequest original) {
        super(original);
    }

    /** Returns a request with a guarded body, or the same where none is to be expected. */
    static ServerHttpRequest of(ServerHttpRequest request) {
        HttpMethod method = request.getMethod();
        return method == HttpMethod.GET || method == HttpMethod.HEAD
                ? request
                : new GuardedRequest(request);
    }

    @Override
    public Flux<DataBuffer> getBody() {
        return new Body(original().getBody());
    }

    private static final class Body extends FluxOperator<DataBuffer, DataBuffer> {

        Body(Flux<DataBuffer> source) {
            super(source);
        }

        @Override
        public void subscribe(CoreSubscriber<? super DataBuffer> actual) {
            source.subscribe(new Guard(actual));
        }
    }

    /** What its subscriber throws ends the exchange, and with that the subscription. */
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
