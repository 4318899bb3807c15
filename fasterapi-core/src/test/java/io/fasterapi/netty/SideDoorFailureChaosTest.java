package io.fasterapi.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.admission.Ending;
import io.fasterapi.http.FastHandler;
import io.fasterapi.placement.Placement;
import io.fasterapi.route.FastRoutes;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

@ParameterizedClass
@EnumSource(Placement.class)
class SideDoorFailureChaosTest {

    @Parameter Placement placement;

    private DoorServer server(FastHandler handler) {
        return server(handler, FailureAnswer.plain());
    }

    private DoorServer server(FastHandler handler, FailureAnswer failures) {
        return new DoorServer(placement, FastRoutes.builder().get("/it", handler), failures);
    }

    private static Reply ask(DoorServer server) {
        Reply reply = Reply.to(server.client(HttpProtocol.HTTP11), "GET", "/it");
        await().until(() -> server.limiter.count() == 0 && !server.recorded.isEmpty());
        return reply;
    }

    @Test
    void whatAHandlerThrowsIsAnsweredAndRecorded() {
        for (Throwable failure :
                new Throwable[] {new IOException("checked"), new AssertionError("an error")}) {
            try (DoorServer server =
                    server(
                            (req, res) -> {
                                res.status(201).header("x-left", "over");
                                rethrow(failure);
                            })) {
                Reply reply = ask(server);

                assertThat(reply.status()).isEqualTo(500);
                assertThat(reply.headers().contains("x-left")).isFalse();
                assertThat(reply.headers().get("x-preset")).isEqualTo("kept");
                assertThat(server.recorded)
                        .containsExactly(new DoorServer.Recorded("GET /it", "GET", 500, failure));
            }
        }
    }

    @Test
    void whatIsThrownAfterTheEndChangesNothing() {
        try (DoorServer server =
                server(
                        (req, res) -> {
                            res.text("ended");
                            throw new IllegalStateException("too late");
                        })) {
            Reply reply = ask(server);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text()).isEqualTo("ended");
            assertThat(server.recorded)
                    .containsExactly(new DoorServer.Recorded("GET /it", "GET", 200, null));
        }
    }

    @Test
    void aHandlerThatReturnsWithoutEndingFails() {
        try (DoorServer server = server((req, res) -> res.status(200))) {
            assertThat(ask(server).status()).isEqualTo(500);
            assertThat(server.recorded.get(0).failure())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "GET /it: its handler returned without a response (expected: one of the methods that end it, or async)");
        }
    }

    @Test
    void aHandlerThatEndsTwiceSendsTheFirst() {
        AtomicReference<Throwable> second = new AtomicReference<>();
        try (DoorServer server =
                server(
                        (req, res) -> {
                            res.text("first");
                            try {
                                res.json("second");
                            } catch (IllegalStateException ex) {
                                second.set(ex);
                            }
                        })) {
            assertThat(ask(server).text()).isEqualTo("first");
            assertThat(second.get())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("response: ended twice (expected: once)");
            assertThat(server.recorded).hasSize(1);
        }
    }

    @Test
    void failIsAnsweredFromTheHandlerAndFromAnotherThread() {
        IllegalStateException failure = new IllegalStateException("announced");
        for (FastHandler handler :
                new FastHandler[] {
                    (req, res) -> res.fail(failure),
                    (req, res) -> {
                        res.async();
                        CompletableFuture.runAsync(() -> res.fail(failure));
                    }
                }) {
            try (DoorServer server = server(handler)) {
                assertThat(ask(server).status()).isEqualTo(500);
                assertThat(server.recorded)
                        .containsExactly(new DoorServer.Recorded("GET /it", "GET", 500, failure));
            }
        }
    }

    @Test
    void aValueThatCannotBeWrittenIsAFailure() {
        try (DoorServer server = server((req, res) -> res.json(1))) {
            assertThat(ask(server).status()).isEqualTo(500);
            assertThat(server.recorded.get(0).failure())
                    .hasMessage("value: 1 (expected: a string)");
        }
    }

    @Test
    void badArgumentsAreFailures() {
        try (DoorServer server = server((req, res) -> res.status(199))) {
            assertThat(ask(server).status()).isEqualTo(500);
            assertThat(server.recorded.get(0).failure())
                    .hasMessage("status: 199 (expected: 200 to 599)");
        }
    }

    @Test
    void theApplicationAnswersFailures() {
        FailureAnswer own =
                (req, res, failure) ->
                        res.status(422)
                                .header("x-why", failure.getMessage())
                                .sendString(Mono.just("own"));
        try (DoorServer server = server((req, res) -> res.fail(new RuntimeException("why")), own)) {
            Reply reply = ask(server);

            assertThat(reply.status()).isEqualTo(422);
            assertThat(reply.header("x-why")).isEqualTo("why");
            assertThat(reply.text()).isEqualTo("own");
        }
    }

    @Test
    void aFailureAnswerThatFailsStillEndsTheExchange() {
        FailureAnswer throwing =
                (req, res, failure) -> {
                    res.status(500);
                    throw new IllegalStateException("no answer");
                };
        FailureAnswer failing =
                (req, res, failure) -> {
                    res.status(500);
                    return Mono.error(new IllegalStateException("no answer"));
                };
        for (FailureAnswer answer : new FailureAnswer[] {throwing, failing}) {
            try (DoorServer server = server((req, res) -> rethrow(new IOException()), answer)) {
                assertThat(ask(server).status()).isEqualTo(500);
                assertThat(server.recorded).hasSize(1);
            }
        }
    }

    /** It has said nothing, or something else, before it failed. */
    @Test
    void aFailureAnswerThatFailsIsNoSuccess() {
        FailureAnswer silent =
                (req, res, failure) -> {
                    throw new StackOverflowError("injected");
                };
        FailureAnswer other =
                (req, res, failure) -> {
                    res.status(201).header("x-left", "over");
                    return Mono.error(new NoClassDefFoundError("injected"));
                };
        for (FailureAnswer answer : new FailureAnswer[] {silent, other}) {
            try (DoorServer server = server((req, res) -> rethrow(new IOException()), answer)) {
                Reply reply = ask(server);
                assertThat(reply.status()).isEqualTo(500);
                assertThat(reply.headers().contains("x-left")).isFalse();
                assertThat(server.recorded).hasSize(1);
                assertThat(server.recorded.get(0).status()).isEqualTo(500);
                assertThat(server.limiter.ended(Ending.FAILED)).isOne();
            }
        }
    }

    @Test
    void aFailureAnswerThatCannotSayWhatItRecordsStillAnswers() {
        FailureAnswer answer =
                new FailureAnswer() {
                    @Override
                    public Publisher<Void> answer(
                            HttpServerRequest req, HttpServerResponse res, Throwable failure) {
                        res.status(422);
                        return Mono.empty();
                    }

                    @Override
                    public boolean records(Throwable failure) {
                        throw new OutOfMemoryError("injected");
                    }
                };
        try (DoorServer server = server((req, res) -> rethrow(new IOException()), answer)) {
            assertThat(ask(server).status()).isEqualTo(422);
            assertThat(server.recorded).hasSize(1);
        }
    }

    private static void rethrow(Throwable failure) throws Exception {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (Exception) failure;
    }
}
