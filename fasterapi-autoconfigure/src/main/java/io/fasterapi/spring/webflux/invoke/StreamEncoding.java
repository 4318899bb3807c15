package io.fasterapi.spring.webflux.invoke;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.Encoder;
import org.springframework.core.codec.Hints;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.codec.EncoderHttpMessageWriter;
import org.springframework.http.codec.HttpMessageEncoder;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The writer of many values as a media type. Immutable.
 *
 * @param writer the application's writer
 * @param actual the declared type of the result
 * @param element the declared type of a value
 * @param encoder the encoder if the writer does nothing more; null if the writer also flushes after
 *     each value, as for event streams and newline-delimited JSON
 */
record StreamEncoding(
        HttpMessageWriter<Object> writer,
        ResolvableType actual,
        ResolvableType element,
        MediaType mediaType,
        @Nullable Encoder<Object> encoder,
        Map<String, Object> hints) {

    /** Returns the writer for a media type, or null if it may be other than Spring's own. */
    @SuppressWarnings("unchecked")
    static @Nullable StreamEncoding select(BodyEncoders encoders, MediaType mediaType) {
        HttpMessageWriter<?> found = writer(encoders, mediaType);
        if (found == null) {
            return null;
        }
        Encoder<Object> encoder = null;
        Map<String, Object> hints = Hints.none();
        if (found instanceof EncoderHttpMessageWriter<?> known
                && !isStreaming(known.getEncoder(), mediaType)) {
            encoder = (Encoder<Object>) known.getEncoder();
            hints = encoders.hints(encoder, mediaType);
        }
        return new StreamEncoding(
                (HttpMessageWriter<Object>) found,
                encoders.actual(),
                encoders.element(),
                mediaType,
                encoder,
                hints);
    }

    static @Nullable HttpMessageWriter<?> writer(
            BodyEncoders encoders, @Nullable MediaType mediaType) {
        for (HttpMessageWriter<?> writer : encoders.writers()) {
            if (writer.canWrite(encoders.element(), mediaType)) {
                return SpringInternals.isKnownForStreams(writer) ? writer : null;
            }
        }
        return null;
    }

    /** Returns whether the writer may flush after each value. It decides that itself. */
    private static boolean isStreaming(Encoder<?> encoder, MediaType mediaType) {
        return encoder instanceof HttpMessageEncoder<?> own
                && own.getStreamingMediaTypes().stream().anyMatch(mediaType::isCompatibleWith);
    }

    /** Returns the encoded buffers, or null if there is no encoder. */
    @Nullable Flux<DataBuffer> encode(Publisher<?> values, DataBufferFactory factory) {
        Encoder<Object> known = encoder;
        return known == null ? null : known.encode(values, factory, element, mediaType, hints);
    }

    /** Lets the writer write the values. */
    Mono<Void> write(Publisher<?> values, ServerHttpRequest request, ServerHttpResponse response) {
        return writer.write(values, actual, element, mediaType, request, response, Hints.none());
    }
}
