package io.fasterapi.spring.failures;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Asks on connections of their own. Thread-safe. */
final class Client {

    /** So long it waits. */
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final HttpProtocol protocol;
    private final HttpClient client;

    Client(int port, HttpProtocol protocol) {
        this.protocol = protocol;
        client =
                HttpClient.create(ConnectionProvider.newConnection())
                        .protocol(protocol)
                        .disableRetry(true)
                        .host("127.0.0.1")
                        .port(port);
    }

    HttpProtocol protocol() {
        return protocol;
    }

    /** Asks for a fault at a place. */
    Mono<Seen> ask(HttpMethod method, Place place, Fault fault) {
        boolean post = method.equals(HttpMethod.POST);
        boolean sends = post || place == Place.BODY;
        String body = sends ? "{\"fault\":\"" + fault + "\"}" : "";
        String uri = place.path() + (post ? "" : "?fault=" + fault);
        AtomicInteger status = new AtomicInteger();
        return client.headers(
                        headers -> {
                            if (sends) {
                                headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
                                headers.set(HttpHeaderNames.CONTENT_LENGTH, body.length());
                            }
                        })
                .request(method)
                .uri(uri)
                .send(
                        sends
                                ? Mono.fromSupplier(() -> Unpooled.copiedBuffer(body, UTF_8))
                                : Mono.empty())
                .response(
                        (response, content) -> {
                            status.set(response.status().code());
                            return content.then();
                        })
                .then(Mono.fromSupplier(() -> new Seen(Seen.How.ANSWERED, status.get())))
                .timeout(LIMIT)
                .onErrorResume(
                        failure ->
                                Mono.just(
                                        new Seen(
                                                failure instanceof TimeoutException
                                                        ? Seen.How.SILENT
                                                        : Seen.How.CUT,
                                                status.get())));
    }
}
