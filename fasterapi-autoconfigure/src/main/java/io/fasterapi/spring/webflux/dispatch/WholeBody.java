package io.fasterapi.spring.webflux.dispatch;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.core.publisher.MonoSink;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerResponse;
import reactor.util.context.Context;

/** Writes a body of one buffer, as Spring's response hands it over. It serves one subscription. */
final class WholeBody extends Mono<Void> {

    /*
     * Spring's response releases the buffer if writing fails, and if it is cancelled before the
     * body was subscribed to. It checks the second case in two steps. So if a thread writes while
     * the client leaves, both may release it, the second time when it belongs to another request.
     * So the body is subscribed to here before it can be cancelled, and Spring's reference is
     * dropped once: when writing has ended or is cancelled. If writing fails, Spring drops it. The
     * sender of the buffer has a reference of its own.
     *
     * The state tells whether Spring's reference is still held, and whether a thread is about to
     * take another one. That thread drops Spring's reference if that becomes due meanwhile.
     */
    private static final int HELD = 0;
    private static final int TAKING = 1;
    private static final int SETTLED = 2;

    private final DataBuffer buffer;
    private final Function<? super ByteBuf, Mono<Void>> send;
    private final AtomicInteger state = new AtomicInteger(HELD);

    /**
     * Takes the body.
     *
     * @param body has its buffer already, as Spring's response makes it
     * @param send sends the buffer and owns it from then on
     */
    WholeBody(Mono<? extends DataBuffer> body, Function<? super ByteBuf, Mono<Void>> send) {
        There there = new There();
        body.subscribe(there);
        DataBuffer found = there.buffer;
        if (found == null) {
            throw new IllegalStateException("body: not there (expected: one buffer)");
        }
        this.buffer = found;
        this.send = send;
    }

    /**
     * Commits a response.
     *
     * @param writing writes the body in Spring's response, or null
     * @param commit commits as that response does
     */
    static Mono<Void> commit(
            @Nullable Supplier<? extends Mono<Void>> writing,
            Function<@Nullable Supplier<? extends Mono<Void>>, Mono<Void>> commit) {
        if (writing == null) {
            return commit.apply(null);
        }
        Remembered remembered = new Remembered(writing);
        Mono<Void> committed = commit.apply(remembered);
        return remembered.written instanceof WholeBody whole
                ? whole.settledBy(committed)
                : committed;
    }

    private Mono<Void> settledBy(Mono<Void> committed) {
        return new MonoOperator<Void, Void>(committed) {
            @Override
            public void subscribe(CoreSubscriber<? super Void> actual) {
                source.subscribe(new Settling(actual));
            }
        };
    }

    @Override
    public void subscribe(CoreSubscriber<? super Void> actual) {
        Mono<Void> sent;
        try {
            ByteBuf taken = take();
            sent = taken == null ? Mono.empty() : send.apply(taken);
        } catch (Throwable ex) {
            sent = Mono.error(ex);
        }
        sent.subscribe(actual);
    }

    private @Nullable ByteBuf take() {
        if (!state.compareAndSet(HELD, TAKING)) {
            return null;
        }
        try {
            ByteBuf taken = NettyDataBufferFactory.toByteBuf(buffer);
            if (buffer instanceof NettyDataBuffer) { // else it is a copy
                taken.retain();
            }
            return taken;
        } finally { // also if the buffer was released before
            if (!state.compareAndSet(TAKING, HELD)) {
                DataBufferUtils.release(buffer);
            }
        }
    }

    /** Returns whether Spring's reference must be dropped now. */
    private boolean settle() {
        return state.getAndSet(SETTLED) == HELD;
    }

    /**
     * Sends a buffer on the event loop, even if the subscriber cancels, or releases it if the
     * client has gone. If the connection ended while another thread sends, Reactor Netty would not
     * release the buffer.
     */
    static Mono<Void> send(ByteBuf buffer, HttpServerResponse response) {
        Channel channel = ((ChannelOperations<?, ?>) response).channel();
        if (!channel.isActive()) {
            buffer.release();
            return Mono.empty();
        }
        if (channel.eventLoop().inEventLoop()) {
            return response.send(Mono.just(buffer)).then();
        }
        return Mono.create(
                sink -> {
                    try {
                        channel.eventLoop().execute(() -> send(buffer, response, sink));
                    } catch (Throwable ex) { // the loop has ended
                        buffer.release();
                        sink.error(ex);
                    }
                });
    }

    /** Sends a buffer and signals the result. */
    static void send(ByteBuf buffer, HttpServerResponse response, MonoSink<Void> sink) {
        send(buffer, response).subscribe(null, sink::error, sink::success);
    }

    /** Remembers the publisher that writes the body. */
    private static final class Remembered implements Supplier<Mono<Void>> {

        private final Supplier<? extends Mono<Void>> writing;
        private @Nullable Mono<Void> written;

        Remembered(Supplier<? extends Mono<Void>> writing) {
            this.writing = writing;
        }

        @Override
        public Mono<Void> get() {
            Mono<Void> made = writing.get();
            written = made;
            return made;
        }
    }

    /** Takes the buffer of a body that has it already. */
    private static final class There implements CoreSubscriber<DataBuffer> {

        private @Nullable DataBuffer buffer;

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(DataBuffer found) {
            buffer = found;
        }

        @Override
        public void onError(Throwable cause) {
            // There is no buffer.
        }

        @Override
        public void onComplete() {
            // The buffer was taken.
        }
    }

    /** Drops Spring's reference when the response is committed or cancelled. */
    private final class Settling implements CoreSubscriber<Void>, Subscription {

        private final CoreSubscriber<? super Void> actual;
        private @Nullable Subscription upstream;

        Settling(CoreSubscriber<? super Void> actual) {
            this.actual = actual;
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            upstream = subscription;
            actual.onSubscribe(this);
        }

        @Override
        public void onNext(Void nothing) {}

        @Override
        public void onError(Throwable cause) {
            if (settle()) {
                actual.onError(cause); // Spring's response drops it
            } // else it was cancelled
        }

        @Override
        public void onComplete() {
            if (settle()) {
                DataBufferUtils.release(buffer);
            }
            actual.onComplete();
        }

        @Override
        public void request(long n) {
            Subscription committing = upstream;
            if (committing != null) {
                committing.request(n);
            }
        }

        @Override
        public void cancel() {
            boolean due = settle();
            Subscription committing = upstream;
            if (committing != null) {
                committing.cancel();
            }
            if (due) {
                DataBufferUtils.release(buffer);
            }
        }
    }
}
