package io.fasterapi.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.test.publisher.TestPublisher;

/** What a core's source signals to an event loop. The test's thread is the core. */
class PublishOnEventLoopFluxTest {

    private static final HopTarget HERE =
            new HopTarget() {
                @Override
                public void execute(Runnable continuation) {
                    continuation.run();
                }

                @Override
                public void ask(Runnable action) {
                    action.run();
                }
            };

    private final EventLoop loop = new DefaultEventLoop();
    private final TestPublisher<Integer> source = TestPublisher.create();
    private final List<Integer> released = new CopyOnWriteArrayList<>();
    private final Signals<Integer> subscriber = new Signals<>();

    @AfterEach
    void stop() {
        loop.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private PublishOnEventLoopFlux<Integer> hop(Flux<Integer> from) {
        return new PublishOnEventLoopFlux<>(from, loop, HERE, released::add);
    }

    /** Keeps the loop busy until it is let go. */
    private CountDownLatch hold() {
        CountDownLatch held = new CountDownLatch(1);
        loop.execute(
                () -> {
                    try {
                        held.await();
                    } catch (InterruptedException ex) {
                        Thread.currentThread().interrupt();
                    }
                });
        return held;
    }

    @Test
    void aFailureComesAfterTheElementsThatWereBeforeIt() {
        IllegalStateException failure = new IllegalStateException("meant");
        List<Boolean> onLoop = new CopyOnWriteArrayList<>();
        CountDownLatch held = hold();
        hop(source.flux()).doOnEach(signal -> onLoop.add(loop.inEventLoop())).subscribe(subscriber);
        subscriber.request(3);
        source.next(0, 1);
        source.error(failure);
        assertThat(subscriber.seen).isEmpty();
        held.countDown();

        await().untilAsserted(() -> assertThat(subscriber.seen).containsExactly(0, 1, failure));
        assertThat(onLoop).hasSize(3).containsOnly(true);
    }

    @Test
    void whatNobodyReceivesIsReleasedOnce() {
        CountDownLatch held = hold();
        hop(source.flux()).subscribe(subscriber);
        subscriber.request(5);
        source.next(0, 1, 2);
        subscriber.cancel();
        held.countDown();

        await().untilAsserted(() -> assertThat(released).containsExactly(0, 1, 2));
        source.assertCancelled();
        assertThat(subscriber.seen).isEmpty();
    }

    @Test
    void oneThatNobodyAskedForIsTakenAndCancelled() {
        AtomicInteger cancelled = new AtomicInteger();
        AtomicInteger subscribed = new AtomicInteger();
        Flux<Integer> counted =
                Flux.<Integer>never()
                        .doOnSubscribe(subscription -> subscribed.incrementAndGet())
                        .doOnCancel(cancelled::incrementAndGet);

        PublishOnEventLoopFlux<Integer> unused = hop(counted);
        unused.abandon();
        assertThat(cancelled).hasValue(1);

        PublishOnEventLoopFlux<Integer> used = hop(counted);
        used.subscribe(subscriber);
        used.abandon();
        assertThat(subscribed).hasValue(2);
        assertThat(cancelled).hasValue(1);
    }

    /** The source signals at once what is asked for in the middle of a signal. */
    @Test
    void whatIsAskedForInTheMiddleOfASignalComesAfterIt() {
        AtomicInteger within = new AtomicInteger();
        AtomicInteger deepest = new AtomicInteger();
        Signals<Integer> asking =
                new Signals<>() {
                    @Override
                    protected void hookOnNext(Integer element) {
                        deepest.accumulateAndGet(within.incrementAndGet(), Math::max);
                        super.hookOnNext(element);
                        if (element < 9) {
                            request(1);
                        }
                        within.decrementAndGet();
                    }
                };
        hop(counting()).subscribe(asking);
        asking.request(1);

        await().untilAsserted(
                        () ->
                                assertThat(asking.seen)
                                        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
        assertThat(deepest).hasValue(1);
    }

    private static Flux<Integer> counting() {
        return new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super Integer> actual) {
                AtomicInteger next = new AtomicInteger();
                actual.onSubscribe(
                        new Subscription() {
                            @Override
                            public void request(long n) {
                                actual.onNext(next.getAndIncrement());
                            }

                            @Override
                            public void cancel() {}
                        });
            }
        };
    }
}
