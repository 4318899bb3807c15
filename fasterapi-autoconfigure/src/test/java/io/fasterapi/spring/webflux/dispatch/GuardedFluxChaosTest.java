package io.fasterapi.spring.webflux.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.admission.UnsignalledErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

/** What becomes of an error of the JVM that a source throws at whoever asks it. */
class GuardedFluxChaosTest {

    private static final InternalError FATAL = new InternalError("meant");

    private final List<Object> seen = new ArrayList<>();
    private final List<Throwable> failed = new ArrayList<>();
    private final AtomicInteger cancelled = new AtomicInteger();

    private final BaseSubscriber<Integer> subscriber =
            new BaseSubscriber<>() {
                @Override
                public Context currentContext() {
                    UnsignalledErrors exchange = failed::add;
                    return exchange.in(Context.empty());
                }

                @Override
                protected void hookOnSubscribe(Subscription subscription) {}

                @Override
                protected void hookOnNext(Integer element) {
                    seen.add(element);
                }

                @Override
                protected void hookOnError(Throwable cause) {
                    seen.add(cause);
                }
            };

    /** Gives one element, then throws. */
    private Flux<Integer> throwing() {
        return new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super Integer> actual) {
                actual.onSubscribe(
                        new Subscription() {
                            @Override
                            public void request(long n) {
                                actual.onNext(1);
                                throw FATAL;
                            }

                            @Override
                            public void cancel() {
                                cancelled.incrementAndGet();
                            }
                        });
            }
        };
    }

    @Test
    void itIsSignalledOnceAfterTheElementsAndTheSourceIsCancelled() {
        new GuardedFlux<>(throwing()).subscribe(subscriber);
        subscriber.request(1);

        assertThat(seen).hasSize(2).startsWith(1);
        assertThat((Throwable) seen.get(1)).isInstanceOf(RuntimeException.class).hasCause(FATAL);
        assertThat(cancelled).hasValue(1);
        assertThat(failed).isEmpty();
    }

    @Test
    void whatIsThrownAtTheSubscriptionIsSignalledToo() {
        Flux<Integer> source =
                new Flux<>() {
                    @Override
                    public void subscribe(CoreSubscriber<? super Integer> actual) {
                        throw FATAL;
                    }
                };
        new GuardedFlux<>(source).subscribe(subscriber);

        assertThat(seen).singleElement().satisfies(e -> assertThat((Throwable) e).hasCause(FATAL));
    }

    /** Somebody may be in the middle of a signal. */
    @Test
    void itEndsTheExchangeAndIsNotSignalled() {
        GuardedFlux.ending(throwing()).subscribe(subscriber);
        subscriber.request(1);

        assertThat(seen).containsExactly(1);
        assertThat(failed).containsExactly(FATAL);
        assertThat(cancelled).hasValue(1);
    }

    @Test
    void nothingIsSignalledAfterIt() {
        AtomicInteger asked = new AtomicInteger();
        Flux<Integer> source =
                new Flux<>() {
                    @Override
                    public void subscribe(CoreSubscriber<? super Integer> actual) {
                        actual.onSubscribe(
                                new Subscription() {
                                    @Override
                                    public void request(long n) {
                                        if (asked.incrementAndGet() == 1) {
                                            throw FATAL;
                                        }
                                        actual.onNext(2);
                                        actual.onComplete();
                                    }

                                    @Override
                                    public void cancel() {}
                                });
                    }
                };
        List<Object> told = new ArrayList<>();
        GuardedFlux<Integer> guarded = new GuardedFlux<>(source);
        guarded.subscribe(
                new CoreSubscriber<>() {
                    @Override
                    public void onSubscribe(Subscription subscription) {
                        subscription.request(1);
                        subscription.request(1);
                    }

                    @Override
                    public void onNext(Integer element) {
                        told.add(element);
                    }

                    @Override
                    public void onError(Throwable cause) {
                        told.add("failed");
                    }

                    @Override
                    public void onComplete() {
                        told.add("complete");
                    }
                });

        assertThat(told).containsExactly("failed");
    }
}
