package io.fasterapi.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.admission.UnsignalledErrors;
import io.fasterapi.core.CoreOptions;
import io.fasterapi.core.HandlerCore;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.core.WaitMode;
import io.fasterapi.test.Faults;
import io.fasterapi.test.HandOver;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

/**
 * One fault at each hand-over of a stream between a core and an event loop: its exchange learns of
 * it, its source is not left alone, and each element is received or released, once.
 */
class StreamChaosTest {

    /** More than are under way at once. */
    private static final int ELEMENTS = 100;

    private final Faults faults = new Faults();
    private final HandlerCores cores =
            new HandlerCores(new CoreOptions(1, 8, WaitMode.PARK, false, "faulty-stream-"));
    private final HandlerCore core = cores.cores().get(0);
    private final EventLoop loop = new DefaultEventLoop();
    private final List<Element> emitted = new CopyOnWriteArrayList<>();
    private final Target target = new Target();
    private final Exchange exchange = new Exchange();

    /** Which way a stream goes. */
    enum Operator {
        TO_WORKER,
        TO_LOOP,
        FIRST_AHEAD
    }

    /** How a stream ends without a fault. */
    enum End {
        COMPLETED,
        FAILED,
        CANCELLED
    }

    /** Where it throws, in a stream that would end so, after so many that go well. */
    private record Case(HandOver point, End end, int hits) {

        Case(HandOver point) {
            this(point, End.COMPLETED, 0);
        }
    }

    private static List<Case> cases(Operator operator) {
        List<Case> cases =
                new ArrayList<>(
                        List.of(
                                new Case(HandOver.STREAM_SOURCE),
                                new Case(HandOver.STREAM_REQUEST),
                                new Case(HandOver.STREAM_SUBSCRIBED),
                                new Case(HandOver.STREAM_NEXT),
                                new Case(HandOver.STREAM_NEXT, End.COMPLETED, 40),
                                new Case(HandOver.STREAM_COMPLETE),
                                new Case(HandOver.STREAM_ERROR, End.FAILED, 0),
                                new Case(HandOver.STREAM_CANCEL, End.CANCELLED, 0),
                                new Case(HandOver.STREAM_RELEASE, End.CANCELLED, 0)));
        if (operator == Operator.TO_WORKER) {
            cases.add(new Case(HandOver.STREAM_SEEN));
            for (int hits = 0; hits < 4; hits++) { // asks twice, then signals
                cases.add(new Case(HandOver.STREAM_HOP, End.COMPLETED, hits));
            }
        } else if (operator == Operator.TO_LOOP) {
            for (int hits = 0; hits < 3; hits++) { // the last is the cancellation
                cases.add(new Case(HandOver.STREAM_HOP, End.CANCELLED, hits));
            }
        }
        return cases;
    }

    static Stream<Arguments> faults() {
        return Stream.of(Operator.values())
                .flatMap(
                        operator ->
                                cases(operator).stream()
                                        .flatMap(
                                                each ->
                                                        Faults.KINDS.stream()
                                                                .map(
                                                                        kind ->
                                                                                Arguments.of(
                                                                                        operator,
                                                                                        each,
                                                                                        kind))));
    }

    @BeforeEach
    void start() {
        cores.start();
    }

    @AfterEach
    void stop() {
        cores.stop(Duration.ofSeconds(20));
        loop.shutdownGracefully(0, 20, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatIsThrownEndsTheStream(Operator operator, Case where, Supplier<Throwable> kind) {
        faults.arm(where.point(), where.hits(), kind);
        Source source = new Source(where.end());
        Receiver receiver = new Receiver(where.end(), operator);
        exchange.receiver = receiver;
        AtomicInteger seen = new AtomicInteger();
        switch (operator) {
            case TO_WORKER ->
                    core.execute(
                            guarded(
                                    () ->
                                            new PublishOnWorkerFlux<>(
                                                            source,
                                                            target,
                                                            this::release,
                                                            each -> see(seen))
                                                    .subscribe(receiver)));
            case TO_LOOP ->
                    loop.execute(
                            guarded(
                                    () ->
                                            new PublishOnEventLoopFlux<>(
                                                            source, loop, target, this::release)
                                                    .subscribe(receiver)));
            case FIRST_AHEAD ->
                    core.execute(
                            guarded(
                                    () -> {
                                        FirstAheadFlux<Element> ahead =
                                                new FirstAheadFlux<>(source, this::release);
                                        ahead.open();
                                        ahead.subscribe(receiver);
                                    }));
        }

        soon().until(() -> faults.fired() == 1);
        soon().until(() -> told(receiver) > 0);
        soon().until(() -> !source.subscribed || source.ended || source.cancelled);
        soon().untilAsserted(
                        () -> assertThat(emitted).allMatch(element -> element.gone.get() == 1));
        assertThat(told(receiver)).isOne();
        assertThat(receiver.ends.get()).isLessThanOrEqualTo(1);
        if (operator == Operator.TO_WORKER) {
            soon().until(() -> seen.get() == receiver.received.get());
        }
        assertThat(isAlive()).isTrue();
    }

    private static ConditionFactory soon() {
        return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
    }

    /** Reactor signals some of what a source throws when it is subscribed to. */
    private int told(Receiver receiver) {
        return exchange.failures.size() + receiver.injected.get();
    }

    private boolean isAlive() {
        CompletableFuture<Void> ofCore = new CompletableFuture<>();
        CompletableFuture<Void> ofLoop = new CompletableFuture<>();
        core.execute(() -> ofCore.complete(null));
        loop.execute(() -> ofLoop.complete(null));
        soon().until(() -> ofCore.isDone() && ofLoop.isDone());
        return cores.cores().get(0).replacements() == 0;
    }

    /** As an exchange runs its continuations. */
    private Runnable guarded(Runnable continuation) {
        return () -> {
            try {
                continuation.run();
            } catch (Throwable ex) {
                exchange.fail(ex);
            }
        };
    }

    private void release(Element element) {
        element.gone.incrementAndGet();
        faults.at(HandOver.STREAM_RELEASE);
    }

    private void see(AtomicInteger seen) {
        seen.incrementAndGet();
        faults.at(HandOver.STREAM_SEEN);
    }

    /** What is to be received or released, once. */
    private static final class Element {
        private final AtomicInteger gone = new AtomicInteger();
    }

    /** What a stream belongs to: cancels it when it fails. */
    private static final class Exchange implements UnsignalledErrors {

        private final List<Throwable> failures = new CopyOnWriteArrayList<>();
        private volatile @Nullable Receiver receiver;

        @Override
        public void fail(Throwable cause) {
            failures.add(cause);
            Receiver known = receiver;
            Subscription subscription = known == null ? null : known.subscription;
            if (subscription != null) {
                subscription.cancel();
            }
        }
    }

    private final class Target implements HopTarget {

        @Override
        public void execute(Runnable continuation) {
            faults.at(HandOver.STREAM_HOP);
            if (core.isCurrent()) {
                guarded(continuation).run();
            } else {
                core.execute(guarded(continuation));
            }
        }

        @Override
        public void ask(Runnable action) {
            faults.at(HandOver.STREAM_HOP);
            loop.execute(guarded(action));
        }
    }

    /** Emits as many as it is asked for at once, whoever cancels meanwhile. */
    private final class Source extends Flux<Element> implements Subscription {

        private final End end;
        private @Nullable CoreSubscriber<? super Element> actual;
        private volatile boolean subscribed;
        private volatile boolean cancelled;
        private volatile boolean ended;
        private int count;

        Source(End end) {
            this.end = end;
        }

        @Override
        public void subscribe(CoreSubscriber<? super Element> subscriber) {
            faults.at(HandOver.STREAM_SOURCE);
            subscribed = true;
            actual = subscriber;
            subscriber.onSubscribe(this);
        }

        @Override
        public void request(long n) {
            faults.at(HandOver.STREAM_REQUEST);
            CoreSubscriber<? super Element> subscriber = actual;
            if (subscriber == null || ended || cancelled) {
                return;
            }
            for (long i = 0; i < n && count < ELEMENTS; i++) {
                count++;
                Element element = new Element();
                emitted.add(element);
                subscriber.onNext(element);
            }
            if (count == ELEMENTS && !ended) {
                ended = true;
                if (end == End.FAILED) {
                    subscriber.onError(new IllegalStateException("the source's own"));
                } else {
                    subscriber.onComplete();
                }
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            faults.at(HandOver.STREAM_CANCEL);
        }
    }

    private final class Receiver implements CoreSubscriber<Element> {

        private final End end;
        private final Operator operator;
        private final AtomicInteger received = new AtomicInteger();
        private final AtomicInteger ends = new AtomicInteger();
        private final AtomicInteger injected = new AtomicInteger();
        private volatile @Nullable Subscription subscription;

        Receiver(End end, Operator operator) {
            this.end = end;
            this.operator = operator;
        }

        @Override
        public Context currentContext() {
            return exchange.in(Context.empty());
        }

        @Override
        public void onSubscribe(Subscription given) {
            subscription = given;
            faults.at(HandOver.STREAM_SUBSCRIBED);
            if (end == End.CANCELLED && operator == Operator.FIRST_AHEAD) {
                given.cancel();
            } else {
                given.request(Long.MAX_VALUE);
            }
        }

        @Override
        public void onNext(Element element) {
            element.gone.incrementAndGet();
            received.incrementAndGet();
            faults.at(HandOver.STREAM_NEXT);
            Subscription known = subscription;
            if (end == End.CANCELLED && known != null) {
                known.cancel();
            }
        }

        @Override
        public void onError(Throwable cause) {
            ends.incrementAndGet();
            if ("injected".equals(cause.getMessage())) {
                injected.incrementAndGet();
            }
            faults.at(HandOver.STREAM_ERROR);
        }

        @Override
        public void onComplete() {
            ends.incrementAndGet();
            faults.at(HandOver.STREAM_COMPLETE);
        }
    }
}
