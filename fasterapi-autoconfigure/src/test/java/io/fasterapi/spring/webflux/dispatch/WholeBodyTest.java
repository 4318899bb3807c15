package io.fasterapi.spring.webflux.dispatch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import io.netty.util.IllegalReferenceCountException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Of a body of one buffer every reference is dropped once, whoever gives it up and when. */
class WholeBodyTest {

    private static final int ROUNDS = 20_000;

    private final NettyDataBufferFactory factory =
            new NettyDataBufferFactory(UnpooledByteBufAllocator.DEFAULT);
    private final Heap body = new Heap();
    private final List<ByteBuf> sent = new ArrayList<>();

    /** One reference is the test's. */
    WholeBodyTest() {
        body.retain();
    }

    private Mono<Void> send(ByteBuf buffer) {
        sent.add(buffer);
        return Mono.empty();
    }

    private Mono<Void> write(Response response) {
        return response.writeWith(Mono.just(factory.wrap(body)));
    }

    @Test
    void whoSendsItHasAReferenceOfItsOwn() {
        write(new Response(this::send)).block();
        assertThat(sent).containsExactly(body);
        assertThat(body.refCnt()).isEqualTo(2);
    }

    @Test
    void whatIsNoBufferOfNettysIsSentToo() {
        DataBuffer other = new DefaultDataBufferFactory().wrap(new byte[] {1});
        new Response(this::send).writeWith(Mono.just(other)).block();
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).refCnt()).isEqualTo(1);
    }

    @Test
    void aSendThatFailsIsToldAndLosesNothing() {
        Response response =
                new Response(
                        buffer -> {
                            buffer.release();
                            return Mono.error(new IllegalStateException("gone"));
                        });
        assertThatThrownBy(() -> write(response).block()).hasMessage("gone");
        assertThat(body.refCnt()).isEqualTo(1);
    }

    @Test
    void soIsOneThatThrows() {
        Response response =
                new Response(
                        buffer -> {
                            buffer.release();
                            throw new StackOverflowError("deep");
                        });
        assertThatThrownBy(() -> write(response).block()).hasMessageContaining("deep");
        assertThat(body.refCnt()).isEqualTo(1);
    }

    /** Somebody who thought it his own, a filter for one. */
    @Test
    void whatWasReleasedBeforeIsAFailure() {
        Response response = new Response(this::send);
        response.beforeCommit(() -> Mono.fromRunnable(() -> body.release(2)));
        assertThatThrownBy(() -> write(response).block())
                .isInstanceOf(IllegalReferenceCountException.class);
        assertThat(sent).isEmpty();
    }

    @Test
    void whereCommittingFailsItIsNotSent() {
        Response response = new Response(this::send);
        response.beforeCommit(() -> Mono.error(new IllegalStateException("not now")));
        assertThatThrownBy(() -> write(response).block()).hasMessage("not now");
        assertThat(sent).isEmpty();
        assertThat(body.refCnt()).isEqualTo(1);
    }

    @Test
    void whereCommittingIsCancelledItIsNotSent() {
        Response response = new Response(this::send);
        response.beforeCommit(Mono::never);
        write(response).subscribe().dispose();
        assertThat(sent).isEmpty();
        assertThat(body.refCnt()).isEqualTo(1);
    }

    /** Whoever commits has not seen yet that it is cancelled. */
    @Test
    void whatIsBegunAfterThatIsNotSentEither() {
        WholeBody whole = new WholeBody(Mono.fromCallable(() -> factory.wrap(body)), this::send);
        Mono<Void> committed =
                WholeBody.commit(
                        () -> whole,
                        writing -> {
                            assertThat(writing.get()).isSameAs(whole);
                            return Mono.never();
                        });
        committed.subscribe().dispose();
        whole.block();
        assertThat(sent).isEmpty();
        assertThat(body.refCnt()).isEqualTo(1);
    }

    @Test
    void whereSendingIsCancelledOnlySpringsReferenceIsDropped() {
        Response response = new Response(buffer -> send(buffer).then(Mono.never()));
        Disposable writing = write(response).subscribe();
        writing.dispose();
        writing.dispose();
        assertThat(sent).containsExactly(body);
        assertThat(body.refCnt()).isEqualTo(2);
    }

    /** Spring's response would drop its reference twice: it is about to when the body is sent. */
    @Test
    void aClientThatGoesWhileAnotherThreadCommits() throws Exception {
        CountDownLatch committing = new CountDownLatch(1);
        CountDownLatch dropping = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        Response response = new Response(this::send);
        response.beforeCommit(
                () ->
                        Mono.fromRunnable(
                                () -> {
                                    committing.countDown();
                                    await(dropping);
                                }));
        CompletableFuture<Disposable> subscription = new CompletableFuture<>();
        Thread test = Thread.currentThread();
        body.beforeRelease =
                () -> {
                    if (Thread.currentThread() == test) {
                        dropping.countDown();
                        await(over);
                    }
                };
        CompletableFuture<Void> writing =
                CompletableFuture.runAsync(
                        () -> {
                            Mono<Void> written = write(response);
                            written.doOnSubscribe(s -> subscription.complete(() -> s.cancel()))
                                    .subscribe();
                            over.countDown();
                        });
        await(committing);
        subscription.get(20, SECONDS).dispose();
        writing.get(20, SECONDS);
        body.beforeRelease = null;
        sent.forEach(ByteBuf::release);
        assertThat(body.refCnt()).isEqualTo(1);
    }

    @Test
    void aClientThatGoesAtAnyMoment() throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        for (int i = 0; i < ROUNDS; i++) {
            Heap each = new Heap();
            each.retain();
            Response response =
                    new Response(
                            buffer -> {
                                buffer.release();
                                return Mono.empty();
                            });
            CompletableFuture<Runnable> cancel = new CompletableFuture<>();
            CompletableFuture<Void> leaving =
                    CompletableFuture.runAsync(
                            () -> {
                                Runnable leave = cancel.join();
                                await(start);
                                leave.run();
                            });
            response.beforeCommit(() -> Mono.fromRunnable(() -> await(start)));
            response.writeWith(Mono.just(factory.wrap(each)))
                    .doOnSubscribe(s -> cancel.complete(s::cancel))
                    .subscribe();
            leaving.get(20, SECONDS);
            assertThat(each.refCnt()).as("round %s", i).isEqualTo(1);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, SECONDS)).isTrue();
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(20, SECONDS);
        } catch (Exception ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** A buffer that says when it is about to be released. */
    private static final class Heap extends UnpooledHeapByteBuf {

        private volatile @Nullable Runnable beforeRelease;

        Heap() {
            super(UnpooledByteBufAllocator.DEFAULT, 8, 8);
        }

        @Override
        public boolean release() {
            Runnable before = beforeRelease;
            if (before != null) {
                before.run();
            }
            return super.release();
        }
    }

    /** As ours are. */
    private static final class Response extends AbstractServerHttpResponse {

        private final Function<ByteBuf, Mono<Void>> send;

        Response(Function<ByteBuf, Mono<Void>> send) {
            super(new NettyDataBufferFactory(UnpooledByteBufAllocator.DEFAULT));
            this.send = send;
        }

        @Override
        protected Mono<Void> doCommit(@Nullable Supplier<? extends Mono<Void>> writing) {
            return WholeBody.commit(writing, super::doCommit);
        }

        @Override
        @SuppressWarnings("unchecked")
        protected Mono<Void> writeWithInternal(Publisher<? extends DataBuffer> body) {
            return new WholeBody((Mono<? extends DataBuffer>) body, send);
        }

        @Override
        protected Mono<Void> writeAndFlushWithInternal(
                Publisher<? extends Publisher<? extends DataBuffer>> body) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> T getNativeResponse() {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void applyStatusCode() {}

        @Override
        protected void applyHeaders() {}

        @Override
        protected void applyCookies() {}
    }
}
