package io.fasterapi.spring.controller;

import io.fasterapi.http.BufferedResponse;
import io.fasterapi.http.FastRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/**
 * Writes what a compiled method returned, as WebFlux would; what it is not sure of, WebFlux does.
 * Shared by all threads.
 */
final class Answer {

    private static final AsciiString CONTENT_TYPE = AsciiString.cached(HttpHeaders.CONTENT_TYPE);

    private static final AsciiString CONTENT_LENGTH =
            AsciiString.cached(HttpHeaders.CONTENT_LENGTH);

    private static final Set<String> FOREIGN_HEADERS = foreignHeaders();

    private final CompiledMethod compiled;
    private final @Nullable Integer declaredStatus;
    private final Class<?> declaredType;
    private final boolean batched;

    /**
     * Creates the end of a method.
     *
     * @param declaredStatus the status of its annotation, null if it has none or if that is set
     *     where the method is called
     */
    Answer(CompiledMethod compiled, @Nullable Integer declaredStatus) {
        this.compiled = compiled;
        this.declaredStatus = declaredStatus;
        this.batched = compiled.isBatched();
        this.declaredType = compiled.result().type().toClass();
    }

    private static Set<String> foreignHeaders() {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(
                List.of(
                        HttpHeaders.CONTENT_TYPE,
                        HttpHeaders.CONTENT_LENGTH,
                        HttpHeaders.CONTENT_ENCODING,
                        HttpHeaders.TRANSFER_ENCODING,
                        HttpHeaders.CONNECTION,
                        HttpHeaders.UPGRADE,
                        HttpHeaders.ETAG,
                        HttpHeaders.LAST_MODIFIED,
                        HttpHeaders.VARY,
                        HttpHeaders.DATE));
        return names;
    }

    /**
     * Ends the response.
     *
     * @param value the body or entity
     * @param returned what the method itself returned around it, for WebFlux to write
     * @param type the Content-Type of a body
     */
    void write(
            @Nullable Object value,
            @Nullable Object returned,
            AsciiString type,
            FastRequest request,
            BufferedResponse response) {
        Integer status = declaredStatus;
        Object body = value;
        if (value instanceof ResponseEntity<?> entity && compiled.result().entity()) {
            if (!isPlain(entity)) {
                throw resumed(returned, request);
            }
            status = entity.getStatusCode().value();
            body = entity.getBody();
        }
        if (body == null || compiled.result().kind() == ResultKind.NONE) {
            head(value, status, returned, request, response);
            if (isEmptyBody(returned)) {
                response.header(CONTENT_LENGTH, "0");
            }
            response.end();
            return;
        }
        if (isForeign(body)) {
            throw resumed(returned, request);
        }
        ByteBuf buffer = encode(body, returned, request, response);
        try {
            head(value, status, returned, request, response);
        } catch (Resumption resumption) {
            buffer.release();
            throw resumption;
        }
        response.header(CONTENT_TYPE, type);
        response.send(buffer);
    }

    /** Tells whether WebFlux may treat a value otherwise than its declared type lets expect. */
    private boolean isForeign(Object body) {
        return compiled.result().kind() == ResultKind.JSON
                && body.getClass() != declaredType
                && ResultCompiler.isForeign(body);
    }

    /** Tells whether WebFlux lets a codec write the missing value, which states its length. */
    private boolean isEmptyBody(@Nullable Object returned) {
        return compiled.result().kind() != ResultKind.NONE
                && !compiled.result().entity()
                && (returned != null || compiled.status() == null);
    }

    private static boolean isPlain(ResponseEntity<?> entity) {
        int status = entity.getStatusCode().value();
        if (status < 200 || status > 599 || status == 204 || status == 205 || status == 304) {
            return false;
        }
        for (String name : entity.getHeaders().headerNames()) {
            if (FOREIGN_HEADERS.contains(name)) {
                return false;
            }
        }
        return true;
    }

    /** Sets status and headers; one that cannot be set is WebFlux's to refuse. */
    private void head(
            @Nullable Object value,
            @Nullable Integer status,
            @Nullable Object returned,
            FastRequest request,
            BufferedResponse response) {
        try {
            if (status != null) {
                response.status(status);
            }
            if (value instanceof ResponseEntity<?> entity) {
                headers(entity.getHeaders(), response);
            }
        } catch (RuntimeException ex) {
            throw resumed(returned, request);
        }
    }

    private static void headers(HttpHeaders headers, BufferedResponse response) {
        if (response instanceof FilteredResponse filtered) {
            filtered.headers(headers);
            return;
        }
        headers.forEach((name, values) -> values.forEach(each -> response.addHeader(name, each)));
    }

    private ByteBuf encode(
            Object body,
            @Nullable Object returned,
            FastRequest request,
            BufferedResponse response) {
        ByteBuf buffer = response.allocate();
        try {
            Result result = compiled.result();
            if (result.kind() == ResultKind.TEXT) {
                ByteBufUtil.writeUtf8(buffer, (String) body);
            } else if (result.kind() == ResultKind.BYTES) {
                buffer.writeBytes((byte[]) body);
            } else if (result.writer() != null) {
                result.writer().write(body, buffer);
            }
        } catch (RuntimeException | Error ex) {
            buffer.release();
            throw resumed(returned, request);
        }
        return buffer;
    }

    /** Tells whether the method stands for a batch handler. */
    boolean isBatched() {
        return batched;
    }

    /** Returns the exception that hands the value to WebFlux. */
    Resumption resumed(@Nullable Object returned, FastRequest request) {
        return Resumption.returned(compiled.method().getMethod(), request.body(), returned);
    }
}
