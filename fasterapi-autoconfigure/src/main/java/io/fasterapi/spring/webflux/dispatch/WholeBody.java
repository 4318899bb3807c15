package io.fasterapi.spring.webflux.dispatch;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.core.publisher.MonoSink;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerResponse;
import reactor.util.context.Context;

/**
 * The body of one buffer that Spring's response hands over, which is there. It arrives even if it
 * is cancelled: Spring gives up its claim to the buffer as soon as this is subscribed to, so a
 * cancellation before it arrives would leave it to nobody. Sent on the event loop: if the
 * connection ends while another thread sends, Reactor Netty leaves the buffer to nobody, too.
 */
final class WholeBody extends MonoOperator<DataBuffer, DataBuffer> {

    WholeBody(Mono<? extends DataBuffer> source) {
        super(Mono.from(source));
    }

    @Override
    public void subscribe(CoreSubscriber<? super DataBuffer> actual) {
        source.subscribe(new Arrival(actual));
    }

    /**
     * Sends the buffer, on the event loop or as a task of it, though it be cancelled; releases it
     * if the client has gone.
     */
    static Mono<Void> send(DataBuffer buffer, HttpServerResponse response) {
        Channel channel = ((ChannelOperations<?, ?>) response).channel();
        if (!channel.isActive()) {
            DataBufferUtils.release(buffer);
            return Mono.empty();
        }
        if (channel.eventLoop().inEventLoop()) {
            ByteBuf body = NettyDataBufferFactory.toByteBuf(buffer);
            return response.send(Mono.just(body)).then();
        }
        return Mono.create(sink -> channel.eventLoop().execute(() -> send(buffer, response, sink)));
    }

    /** Sends the buffer and tells how that ended. */
    static void send(DataBuffer buffer, HttpServerResponse response, MonoSink<Void> sink) {
        send(buffer, response).subscribe(null, sink::error, sink::success);
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
