package io.fasterapi.spring.controller;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.codec.EncoderHttpMessageWriter;
import org.springframework.web.reactive.accept.RequestedContentTypeResolver;
import org.springframework.web.reactive.result.HandlerResultHandlerSupport;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ServerWebExchange;

/**
 * Learns, from a request that goes through WebFlux, the Content-Type of a method's answers: by
 * WebFlux's own selection, on the request's own exchange. Shared by all threads.
 */
final class Negotiation extends HandlerResultHandlerSupport {

    private final MessageCodecs codecs;

    Negotiation(RequestedContentTypeResolver resolver, MessageCodecs codecs) {
        super(resolver, ReactiveAdapterRegistry.getSharedInstance());
        this.codecs = codecs;
    }

    /** Learns from an exchange whose method has not been called yet. */
    void learn(CompiledMethod method, ServerWebExchange exchange) {
        List<String> accepts = exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.ACCEPT);
        String accept = accepts.isEmpty() ? "" : accepts.get(0);
        if (accepts.size() < 2 && method.types().lacks(accept)) {
            String type = contentType(method.result(), exchange);
            if (type != null) {
                method.types().learn(accept, type);
            }
        }
    }

    private @Nullable String contentType(Result result, ServerWebExchange exchange) {
        if (exchange.getResponse().getHeaders().getContentType() != null) {
            return null;
        }
        if (result.kind() == ResultKind.NONE) {
            return "";
        }
        MediaType selected;
        try {
            selected = selectMediaType(exchange, () -> codecs.writable(result.type()));
        } catch (NotAcceptableStatusException ex) {
            return null;
        }
        if (selected == null) {
            return null;
        }
        if (result.kind() == ResultKind.JSON) {
            return selected.equals(MediaType.APPLICATION_JSON) ? selected.toString() : null;
        }
        return plain(result, selected);
    }

    private @Nullable String plain(Result result, MediaType selected) {
        EncoderHttpMessageWriter<?> writer = codecs.writer(result.type(), selected);
        if (writer == null) {
            return null;
        }
        MediaType usual =
                writer.getWritableMediaTypes().stream()
                        .filter(MediaType::isConcrete)
                        .findFirst()
                        .orElse(null);
        MediaType type = selected;
        if (usual != null && selected.equals(MediaType.APPLICATION_OCTET_STREAM)) {
            type = usual;
        }
        if (type.getCharset() == null && usual != null && usual.getCharset() != null) {
            type = new MediaType(type, usual.getCharset());
        }
        Charset charset = type.getCharset();
        boolean utf8 = charset == null || charset.equals(StandardCharsets.UTF_8);
        return utf8 || result.kind() == ResultKind.BYTES ? type.toString() : null;
    }
}
