package io.fasterapi.netty;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;

/** An answer as the client received it. */
record Reply(int status, HttpHeaders headers, byte[] body) {

    private static final Duration LONG = Duration.ofSeconds(30);

    static Reply to(HttpClient client, String method, String uri) {
        return received(client.request(HttpMethod.valueOf(method)).uri(uri));
    }

    /** Posts with a Content-Length. */
    static Reply toPost(HttpClient client, String uri, String body) {
        HttpClient sized =
                client.headers(
                        headers ->
                                headers.set(
                                        "content-length",
                                        body.getBytes(StandardCharsets.UTF_8).length));
        return received(sized.post().uri(uri).send(ByteBufMono.fromString(Mono.just(body))));
    }

    /** Posts in chunks. */
    static Reply toChunks(HttpClient client, String uri, String... chunks) {
        return received(client.post().uri(uri).send(ByteBufFlux.fromString(Flux.just(chunks))));
    }

    private static Reply received(HttpClient.ResponseReceiver<?> receiver) {
        Reply reply =
                receiver.responseSingle(
                                (response, content) ->
                                        content.asByteArray()
                                                .defaultIfEmpty(new byte[0])
                                                .map(
                                                        bytes ->
                                                                new Reply(
                                                                        response.status().code(),
                                                                        response.responseHeaders()
                                                                                .copy(),
                                                                        bytes)))
                        .block(LONG);
        if (reply == null) {
            throw new AssertionError("no reply");
        }
        return reply;
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    String header(String name) {
        return headers.get(name);
    }
}
