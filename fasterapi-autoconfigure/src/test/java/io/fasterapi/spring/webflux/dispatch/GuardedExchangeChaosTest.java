package io.fasterapi.spring.webflux.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.admission.Ending;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.netty.http.server.HttpServerResponse;
import reactor.test.publisher.TestPublisher;
import reactor.util.context.Context;

/** One that has ended is told so once, and whatever handles it is given up. */
class GuardedExchangeChaosTest {

    private static final IllegalStateException FAILURE = new IllegalStateException("meant");

    /** Nothing is asked of it unless the connection has to be cut. */
    private static final HttpServerResponse UNUSED =
            (HttpServerResponse)
                    Proxy.newProxyInstance(
                            HttpServerResponse.class.getClassLoader(),
                            new Class<?>[] {HttpServerResponse.class},
                            (proxy, method, arguments) -> {
                                throw new AssertionError(method);
                            });

    private final List<Object> told = new ArrayList<>();
    private final List<Ending> endings = new ArrayList<>();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final TestPublisher<Void> source =
            TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);

    /** What Reactor Netty would be. */
    private final CoreSubscriber<Void> actual =
            new CoreSubscriber<>() {
                @Override
                public void onSubscribe(Subscription subscription) {
                    given = subscription;
                    subscription.request(Long.MAX_VALUE);
                }

                @Override
                public void onNext(Void nothing) {}

                @Override
                public void onError(Throwable cause) {
                    told.add(cause);
                }

                @Override
                public void onComplete() {
                    told.add("complete");
                }
            };

    private Subscription given = Operators.emptySubscription();

    private final GuardedExchange exchange =
            new GuardedExchange(UNUSED, actual, Context.empty()) {
                @Override
                void ended(Ending how) {
                    endings.add(how);
                }
            };

    private void handle() {
        exchange.handle(source.mono().doOnCancel(cancelled::incrementAndGet));
    }

    @Test
    void oneThatFailsWithoutASignalIsGivenUp() {
        handle();
        exchange.fail(FAILURE);
        exchange.fail(new IllegalStateException("logged"));
        exchange.onComplete();

        assertThat(told).containsExactly(FAILURE);
        assertThat(endings).containsExactly(Ending.FAILED);
        assertThat(cancelled).hasValue(1);
    }

    @Test
    void whatComesAfterTheAnswerIsNotTold() {
        handle();
        source.complete();
        exchange.fail(new IllegalStateException("logged"));
        exchange.onError(new IllegalStateException("logged"));
        exchange.onComplete();

        assertThat(told).containsExactly("complete");
        assertThat(endings).containsExactly(Ending.ANSWERED);
        assertThat(cancelled).hasValue(0);
    }

    @Test
    void oneWhoseClientHasGoneIsGivenUp() {
        handle();
        given.cancel();
        exchange.onComplete();

        assertThat(told).isEmpty();
        assertThat(endings).containsExactly(Ending.GONE);
        assertThat(cancelled).hasValue(1);
    }

    @Test
    void whatIsThrownAtTheSubscriptionIsAFailure() {
        InternalError fatal = new InternalError("meant");
        exchange.handle(
                new Mono<Void>() {
                    @Override
                    public void subscribe(CoreSubscriber<? super Void> subscriber) {
                        throw fatal;
                    }
                });

        assertThat(told).singleElement().satisfies(e -> assertThat((Throwable) e).hasCause(fatal));
        assertThat(endings).containsExactly(Ending.FAILED);
    }
}
