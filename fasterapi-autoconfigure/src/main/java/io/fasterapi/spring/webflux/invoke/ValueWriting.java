package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.spring.webflux.invoke.BodyEncoders.Encoding;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Replaces Spring's result handlers for a method that returns one value. It calls the encoder that
 * they chose before for the same Accept header, without their operators. All threads share it.
 *
 * @param result what the method returns
 * @param formats how Spring has answered
 */
public record ValueWriting(ResultPlan result, LearnedFormats formats) {

    /** Returns the format of an exchange's answer, or null if Spring must find it. */
    @Nullable AnswerFormat formatFor(ServerWebExchange exchange) {
        String accept = accept(exchange);
        return accept == null
                        || WebDebugLog.isEnabled()
                        || exchange.getResponse().getHeaders().getContentType() != null
                ? null
                : formats.find(accept);
    }

    /** Returns the only Accept header, empty if there is none, or null if there are several. */
    private static @Nullable String accept(ServerWebExchange exchange) {
        List<String> accepts = exchange.getRequest().getHeaders().get(HttpHeaders.ACCEPT);
        if (accepts == null || accepts.isEmpty()) {
            return "";
        }
        return accepts.size() > 1 ? null : accepts.get(0);
    }

    /** Sets the type of a later body. Spring does so before it subscribes to it. */
    void begin(ServerWebExchange exchange, AnswerFormat format) {
        if (isTypedAhead()) {
            exchange.getResponse()
                    .getHeaders()
                    .set(HttpHeaders.CONTENT_TYPE, format.contentType().toString());
        }
    }

    private boolean isTypedAhead() {
        return result.wrapping() == ResultPlan.Wrapping.MONO && !result.entity();
    }

    /**
     * Begins to write a value.
     *
     * @return null if Spring must write it; nothing was done then
     */
    @Nullable Mono<Void> write(ServerWebExchange exchange, Object value, AnswerFormat format) {
        BodyEncoders encoders = result.encoders();
        Object body = value;
        ResponseEntity<?> entity = null;
        if (result.entity()) {
            entity = value instanceof ResponseEntity<?> own ? own : null;
            body = entity == null || !PlainEntity.is(entity) ? null : entity.getBody();
        }
        if (body == null || encoders == null) {
            return null;
        }
        ServerHttpResponse response = exchange.getResponse();
        HttpHeaders headers = response.getHeaders();
        if (result.wrapping() == ResultPlan.Wrapping.FLUX) {
            return stream(response, entity, body, format.streamEncoding(encoders), format);
        }
        Encoding encoding = format.encodingOf(body, encoders);
        boolean open = !isTypedAhead();
        if (encoding.encoder() == null || (open && headers.getContentType() != null)) {
            return null;
        }
        head(response, entity, open ? format : null);
        DataBuffer buffer = encoding.encode(body, response.bufferFactory());
        try {
            headers.setContentLength(buffer.readableByteCount());
            return response.writeWith(Mono.just(buffer));
        } catch (Throwable ex) {
            DataBufferUtils.release(buffer);
            throw ex;
        }
    }

    private static void head(
            ServerHttpResponse response,
            @Nullable ResponseEntity<?> entity,
            @Nullable AnswerFormat format) {
        if (entity != null) {
            response.setStatusCode(entity.getStatusCode());
            if (!entity.getHeaders().isEmpty()) {
                response.getHeaders().putAll(entity.getHeaders());
            }
        }
        if (format != null) {
            response.getHeaders().set(HttpHeaders.CONTENT_TYPE, format.contentType().toString());
        }
    }

    /** Writes as Spring does, but joins the buffers that are there at once. */
    private static @Nullable Mono<Void> stream(
            ServerHttpResponse response,
            @Nullable ResponseEntity<?> entity,
            Object body,
            @Nullable StreamEncoding encoding,
            AnswerFormat format) {
        DataBufferFactory factory = response.bufferFactory();
        Flux<DataBuffer> encoded =
                encoding == null || !(body instanceof Flux<?> values)
                        ? null
                        : encoding.encode(values, factory);
        if (encoded == null || response.getHeaders().getContentType() != null) {
            return null;
        }
        head(response, entity, format);
        return response.writeWith(BufferGathering.of(encoded, factory));
    }

    /** Returns an object that learns from Spring's answer, or null if there is nothing to learn. */
    @Nullable FormatLearning learning(ServerWebExchange exchange) {
        String accept = accept(exchange);
        return accept == null
                        || result.encoders() == null
                        || formats.find(accept) != null
                        || exchange.getResponse().getHeaders().getContentType() != null
                ? null
                : new FormatLearning(this, exchange.getResponse(), accept);
    }
}
