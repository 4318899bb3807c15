package io.fasterapi.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;

/** An exchange that fails later ends, also where somebody throws what it is told. */
class ExchangeEndChaosTest {

    private static final InternalError FATAL = new InternalError("fatal");

    private static String answer(boolean fails, UnaryOperator<Mono<Void>> between)
            throws IOException {
        DisposableServer server =
                HttpServer.create()
                        .host("127.0.0.1")
                        .handle(
                                (request, response) ->
                                        between.apply(new EndingLater(response, fails)))
                        .bindNow();
        try (RawClient client = new RawClient(server.port())) {
            client.send(RawClient.get("/"));
            return client.textToTheEnd();
        } finally {
            server.disposeNow(Duration.ofSeconds(10));
        }
    }

    @Test
    void aFailureThatReactorThrowsIsSignalled() throws IOException {
        AtomicReference<Throwable> seen = new AtomicReference<>();

        assertThat(answer(true, mono -> mono.doOnError(seen::set))).startsWith("HTTP/1.1 500 ");

        assertThat(seen.get()).hasMessage(FATAL.toString()).hasCause(FATAL);
    }

    @Test
    void aFailureThatNobodyTakesCutsTheConnection() throws IOException {
        assertThat(answer(true, Throwing::new)).isEmpty();
    }

    @Test
    void anAnswerThatNobodyTakesCutsTheConnection() throws IOException {
        assertThat(answer(false, Throwing::new)).isEmpty();
    }

    /** Ends on another thread. */
    private static final class EndingLater extends Mono<Void> {

        private final HttpServerResponse response;
        private final boolean fails;

        EndingLater(HttpServerResponse response, boolean fails) {
            this.response = response;
            this.fails = fails;
        }

        @Override
        public void subscribe(CoreSubscriber<? super Void> actual) {
            actual.onSubscribe(Operators.emptySubscription());
            Schedulers.parallel().schedule(() -> end(actual));
        }

        private void end(CoreSubscriber<? super Void> actual) {
            if (fails) {
                ExchangeEnd.failed(response, actual, FATAL);
            } else {
                ExchangeEnd.answered(response, actual);
            }
        }
    }

    /** Throws what it is told. */
    private static final class Throwing extends MonoOperator<Void, Void> {

        Throwing(Mono<Void> source) {
            super(source);
        }

        @Override
        public void subscribe(CoreSubscriber<? super Void> actual) {
            source.subscribe(
                    new CoreSubscriber<Void>() {
                        @Override
                        public void onSubscribe(Subscription subscription) {
                            actual.onSubscribe(subscription);
                        }

                        @Override
                        public void onNext(Void nothing) {}

                        @Override
                        public void onError(Throwable cause) {
                            throw new IllegalStateException(cause);
                        }

                        @Override
                        public void onComplete() {
                            throw new IllegalStateException("meant");
                        }
                    });
        }
    }
}
