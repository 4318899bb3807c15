package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.admission.Refusals;
import io.fasterapi.http.BufferedResponse;
import io.fasterapi.http.FastRequest;
import io.fasterapi.spring.webflux.invoke.BodyEncoders.Encoding;
import io.fasterapi.spring.webflux.route.Lane;
import io.fasterapi.spring.webflux.route.LaneRestriction.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/**
 * Writes the result of a compiled method with the application's own encoder, in the way that
 * WebFlux has shown. Everything else is left to WebFlux. All threads share it.
 */
final class CompiledResponseWriter {

    private static final AsciiString CONTENT_TYPE = AsciiString.cached(HttpHeaders.CONTENT_TYPE);
    private static final AsciiString CONTENT_LENGTH =
            AsciiString.cached(HttpHeaders.CONTENT_LENGTH);

    private final CompiledMethod compiled;
    private final ResultPlan result;
    private final MappingCounters counters;
    private @Nullable NettyDataBufferFactory buffers;

    CompiledResponseWriter(CompiledMethod compiled, MappingCounters counters) {
        this.compiled = compiled;
        this.counters = counters;
        this.result = compiled.result();
    }

    /**
     * Ends the response.
     *
     * @param value the body or entity
     * @param returned what the method returned around it, for WebFlux to write
     * @throws WebFluxFallback if WebFlux must write it, or must handle that it cannot be written
     */
    void write(
            @Nullable Object value,
            @Nullable Object returned,
            AnswerFormat format,
            FastRequest request,
            BufferedResponse response) {
        Integer status = compiled.status();
        Object body = value;
        ResponseEntity<?> entity = null;
        if (value instanceof ResponseEntity<?> own && result.entity()) {
            if (!isPlain(own)) {
                throw returned(returned, request);
            }
            entity = own;
            status = own.getStatusCode().value();
            body = own.getBody();
        }
        BodyEncoders encoders = result.encoders();
        if (body == null || encoders == null) {
            head(entity, status, returned, request, response);
            if (encoders != null && isEmptyBody(returned)) {
                response.header(CONTENT_LENGTH, "0");
            }
            counters.served(Lane.DIRECT);
            response.end();
            return;
        }
        Encoding encoding = encoding(body, encoders, format, returned, request);
        ByteBuf buffer = encode(body, encoding, entity, request, response);
        try {
            head(entity, status, returned, request, response);
        } catch (WebFluxFallback fallback) {
            buffer.release();
            throw fallback;
        }
        response.header(CONTENT_TYPE, format.contentType());
        counters.served(Lane.DIRECT);
        response.send(buffer);
    }

    /**
     * Ends the response with a body of many values, if status and headers can be set.
     *
     * @return whether it has ended
     */
    boolean write(
            DataBuffer body,
            @Nullable ResponseEntity<?> entity,
            AnswerFormat format,
            FastRequest request,
            BufferedResponse response) {
        Integer status = compiled.status();
        if (entity != null) {
            status = entity.getStatusCode().value();
        }
        response.chunked();
        try {
            head(entity, status, null, request, response);
        } catch (WebFluxFallback fallback) {
            return false;
        }
        response.header(CONTENT_TYPE, format.contentType());
        counters.served(Lane.DIRECT);
        response.send(NettyDataBufferFactory.toByteBuf(body));
        return true;
    }

    /** Returns whether an entity is plain. If its own code throws, WebFlux will meet that, too. */
    static boolean isPlain(ResponseEntity<?> entity) {
        try {
            return PlainEntity.is(entity);
        } catch (Throwable ex) {
            return false;
        }
    }

    /** Returns whether WebFlux lets a codec write the missing value and so states its length. */
    private boolean isEmptyBody(@Nullable Object returned) {
        return !result.entity() && (returned != null || compiled.status() == null);
    }

    /** Sets status and headers. If one cannot be set, WebFlux refuses it. */
    private void head(
            @Nullable ResponseEntity<?> entity,
            @Nullable Integer status,
            @Nullable Object returned,
            FastRequest request,
            BufferedResponse response) {
        try {
            if (status != null) {
                response.status(status);
            }
            if (entity != null) {
                for (Map.Entry<String, List<String>> header : entity.getHeaders().headerSet()) {
                    List<String> values = header.getValue();
                    for (int i = 0; i < values.size(); i++) {
                        if (i == 0) {
                            response.header(header.getKey(), values.get(i));
                        } else {
                            response.addHeader(header.getKey(), values.get(i));
                        }
                    }
                }
            }
        } catch (Throwable ex) {
            throw returned(returned, request);
        }
    }

    /** Encodes a body, or the body of an entity. */
    private ByteBuf encode(
            Object body,
            Encoding encoding,
            @Nullable ResponseEntity<?> entity,
            FastRequest request,
            BufferedResponse response) {
        try {
            return NettyDataBufferFactory.toByteBuf(
                    encoding.encode(body, buffers(response.alloc())));
        } catch (Throwable ex) {
            throw WebFluxFallback.unwritten(compiled, request.body(), ex, entity);
        }
    }

    /** Returns the encoding of a body, or leaves it to WebFlux. */
    private Encoding encoding(
            Object body,
            BodyEncoders encoders,
            AnswerFormat format,
            @Nullable Object returned,
            FastRequest request) {
        Encoding encoding;
        try {
            encoding = format.encodingOf(body, encoders);
        } catch (Throwable ex) {
            throw returned(returned, request);
        }
        if (encoding.encoder() == null) {
            throw returned(returned, request);
        }
        return encoding;
    }

    /** Returns the factory of the last allocator, which is nearly always the only one. */
    NettyDataBufferFactory buffers(ByteBufAllocator allocator) {
        NettyDataBufferFactory known = buffers;
        if (known == null || known.getByteBufAllocator() != allocator) {
            known = new NettyDataBufferFactory(allocator);
            buffers = known;
        }
        return known;
    }

    /** Returns the answers of refused requests, or null if none is refused. */
    @Nullable Refusals refusals() {
        return compiled.refusals();
    }

    /** Returns the exception that hands the value to WebFlux. */
    WebFluxFallback returned(@Nullable Object value, FastRequest request) {
        return WebFluxFallback.returned(compiled, request.body(), value, Reason.VALUE);
    }

    /** Returns the exception that hands a failed Mono or CompletionStage to WebFlux. */
    WebFluxFallback endedInFailure(Object value, FastRequest request) {
        return WebFluxFallback.returned(compiled, request.body(), value, Reason.FAILURE);
    }

    /** Returns the exception that hands the method's failure to WebFlux. */
    WebFluxFallback failed(Throwable failure, FastRequest request) {
        return WebFluxFallback.failed(compiled, request.body(), failure);
    }
}
