package io.fasterapi.spring.webflux.invoke;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.publisher.TestPublisher;
import reactor.util.context.Context;

/** What is there at once in one buffer, what comes later as it comes; no buffer is lost. */
class BufferGatheringTest {

    private static final int WINDOW = BufferGathering.WINDOW;
    private static final int REFILL = WINDOW * 3 / 4;
    private static final int LONG = 64 * 1024 + 1;
    private static final IllegalStateException FAILURE = new IllegalStateException("meant");

    private final NettyDataBufferFactory factory =
            new NettyDataBufferFactory(UnpooledByteBufAllocator.DEFAULT);
    private final TestPublisher<DataBuffer> source = TestPublisher.create();
    private final List<ByteBuf> made = new ArrayList<>();
    private final List<Object> seen = new ArrayList<>();
    private final BufferGathering gathering = new BufferGathering(factory, Context.empty(), null);

    /** Takes the text of each buffer, and releases it. */
    private final BaseSubscriber<DataBuffer> subscriber =
            new BaseSubscriber<>() {
                @Override
                protected void hookOnSubscribe(Subscription subscription) {}

                @Override
                protected void hookOnNext(DataBuffer buffer) {
                    seen.add(text(buffer));
                }

                @Override
                protected void hookOnError(Throwable cause) {
                    seen.add(cause);
                }

                @Override
                protected void hookOnComplete() {
                    seen.add("complete");
                }
            };

    @AfterEach
    void nothingIsLost() {
        assertThat(made).allMatch(buffer -> buffer.refCnt() == 0);
    }

    private static String text(DataBuffer buffer) {
        ByteBuf bytes = NettyDataBufferFactory.toByteBuf(buffer);
        String text = bytes.toString(UTF_8);
        bytes.release();
        return text;
    }

    private DataBuffer buffer(String text) {
        ByteBuf bytes = Unpooled.copiedBuffer(text, UTF_8);
        made.add(bytes);
        return factory.wrap(bytes);
    }

    private void emit(int count) {
        IntStream.range(0, count).forEach(i -> source.next(buffer("a")));
    }

    private void assertAskedFor(int elements) {
        source.assertMinRequested(elements);
        source.assertMaxRequested(elements);
    }

    @Test
    void aBodyThatIsThereIsOneBuffer() {
        gathering.begin(Flux.just(buffer("one"), buffer(" and "), buffer("two")));
        DataBuffer whole = gathering.whole();

        assertThat(whole).isNotNull();
        assertThat(text(whole)).isEqualTo("one and two");
    }

    @Test
    void aLongOneIsNot() {
        gathering.begin(Flux.just(buffer("x".repeat(LONG)), buffer("y")));
        assertThat(gathering.whole()).isNull();
        gathering.open();
        gathering.subscribe(subscriber);
        subscriber.requestUnbounded();

        assertThat(seen).containsExactly("x".repeat(LONG), "y", "complete");
    }

    @Test
    void whatIsThereIsTheFirstBufferAndWhatComesLaterIsSentAsItComes() {
        gathering.begin(source);
        emit(3);
        assertThat(gathering.whole()).isNull();
        gathering.open();
        gathering.subscribe(subscriber);
        assertThat(seen).isEmpty();
        subscriber.request(2);
        assertThat(seen).containsExactly("aaa");
        emit(2);
        assertThat(seen).containsExactly("aaa", "a");
        subscriber.request(1);
        source.complete();

        assertThat(seen).containsExactly("aaa", "a", "a", "complete");
    }

    @Test
    void noMoreThanAWindowWaits() {
        gathering.begin(source);
        assertAskedFor(WINDOW);
        emit(REFILL - 1);
        gathering.open();
        gathering.subscribe(subscriber);
        subscriber.requestUnbounded();
        assertAskedFor(WINDOW - REFILL + 1);
        emit(1);

        assertAskedFor(WINDOW);
        source.complete();
    }

    @Test
    void moreIsAskedForWhereTheSourceIs() {
        Queue<Runnable> tasks = new ArrayDeque<>();
        BufferGathering elsewhere =
                new BufferGathering(factory, Context.empty(), Schedulers.fromExecutor(tasks::add));
        elsewhere.begin(source);
        emit(REFILL);
        elsewhere.open();
        elsewhere.subscribe(subscriber);
        subscriber.requestUnbounded();
        assertAskedFor(WINDOW - REFILL);
        tasks.remove().run();

        assertAskedFor(WINDOW);
        source.complete();
    }

    @Test
    void aFailureWaitsUntilMoreIsAskedForThanWhatWasThere() {
        gathering.begin(source);
        emit(2);
        source.error(FAILURE);
        assertThat(gathering.whole()).isNull();
        gathering.open();
        gathering.subscribe(subscriber);
        subscriber.request(1);
        assertThat(seen).containsExactly("aa");
        subscriber.request(1);

        assertThat(seen).containsExactly("aa", FAILURE);
    }

    @Test
    void aFailureBeforeAnythingWaitsForNobody() {
        gathering.begin(source);
        source.error(FAILURE);
        gathering.open();
        gathering.subscribe(subscriber);

        assertThat(seen).containsExactly(FAILURE);
    }

    @Test
    void whatASourceThrowsIsItsEnd() {
        InternalError fatal = new InternalError("meant");
        gathering.begin(
                actual -> {
                    throw fatal;
                });
        gathering.open();
        gathering.subscribe(subscriber);

        assertThat(seen).containsExactly(fatal);
    }

    @Test
    void whatNobodyReceivesIsReleased() {
        gathering.begin(source);
        emit(3);
        gathering.open();
        gathering.subscribe(subscriber);
        subscriber.cancel();
        source.assertCancelled();
        subscriber.request(3);

        assertThat(made).hasSize(3).allMatch(buffer -> buffer.refCnt() == 0);
        assertThat(seen).isEmpty();
    }
}
