package io.fasterapi.spring.route;

import io.fasterapi.http.FastResponse;
import io.fasterapi.http.JsonCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A direct route's view of a response within WebFlux. One thread at a time. */
final class ExchangeResponse implements FastResponse {

    private final ServerHttpResponse response;
    private final JsonCodec json;
    private final Sinks.One<Mono<Void>> result = Sinks.one();
    private boolean async;
    private boolean ended;

    ExchangeResponse(ServerHttpResponse response, JsonCodec json) {
        this.response = response;
        this.json = json;
    }

    boolean ended() {
        return ended;
    }

    boolean isAsync() {
        return async;
    }

    /** Completes when the response is written. */
    Mono<Void> result() {
        return result.asMono().flatMap(written -> written);
    }

    @Override
    public FastResponse status(int code) {
        requireOpen();
        if (code < 200 || code > 599) {
            throw new IllegalArgumentException("status: " + code + " (expected: 200 to 599)");
        }
        response.setStatusCode(HttpStatusCode.valueOf(code));
        return this;
    }

    @Override
    public FastResponse header(CharSequence name, CharSequence value) {
        requireOpen();
        response.getHeaders().set(name.toString(), value.toString());
        return this;
    }

    @Override
    public FastResponse addHeader(CharSequence name, CharSequence value) {
        requireOpen();
        response.getHeaders().add(name.toString(), value.toString());
        return this;
    }

    @Override
    public void text(String body) {
        requireOpen();
        write(body.getBytes(StandardCharsets.UTF_8), "text/plain;charset=UTF-8");
    }

    @Override
    public void bytes(byte[] body) {
        requireOpen();
        write(body, "application/octet-stream");
    }

    @Override
    public void json(Object value) {
        requireOpen();
        ByteBuf buffer = Unpooled.buffer();
        json.write(value, buffer);
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        write(bytes, "application/json");
    }

    private void write(byte[] body, String defaultType) {
        if (!response.getHeaders().containsHeader(HttpHeaders.CONTENT_TYPE)) {
            response.getHeaders().set(HttpHeaders.CONTENT_TYPE, defaultType);
        }
        response.getHeaders().setContentLength(body.length); // HEAD has no other source of it
        DataBuffer buffer = response.bufferFactory().wrap(body);
        finish(response.writeWith(Mono.just(buffer)));
    }

    @Override
    public void end() {
        requireOpen();
        finish(response.setComplete());
    }

    @Override
    public void fail(Throwable failure) {
        requireOpen();
        Objects.requireNonNull(failure, "failure");
        finish(Mono.error(failure));
    }

    private void finish(Mono<Void> written) {
        ended = true;
        result.emitValue(written, Sinks.EmitFailureHandler.FAIL_FAST);
    }

    @Override
    public FastResponse async() {
        requireOpen();
        async = true;
        return this;
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException("response: ended already (expected: ended once)");
        }
    }
}
