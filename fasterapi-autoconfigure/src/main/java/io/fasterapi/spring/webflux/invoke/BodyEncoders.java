package io.fasterapi.spring.webflux.invoke;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.core.ResolvableTypeProvider;
import org.springframework.core.codec.Encoder;
import org.springframework.core.codec.Hints;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.codec.EncoderHttpMessageWriter;
import org.springframework.http.codec.HttpMessageEncoder;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.web.ErrorResponse;

/**
 * The application's encoders for the bodies of one method. The application's message writers are
 * asked in their order, once per class of values. Immutable.
 *
 * @param writers the application's writers
 * @param actual the declared type of the result
 * @param element the declared type of a body
 * @param byInstance whether the class of a value decides, as for a value that is returned directly,
 *     or the declared type only
 * @param registry the reactive types
 */
public record BodyEncoders(
        List<HttpMessageWriter<?>> writers,
        ResolvableType actual,
        ResolvableType element,
        boolean byInstance,
        ReactiveAdapterRegistry registry) {

    /**
     * The encoder of a class of values for a media type.
     *
     * @param encoder null if it is not one that the direct lane knows
     */
    record Encoding(
            Class<?> valueClass,
            @Nullable Encoder<Object> encoder,
            ResolvableType element,
            MediaType mediaType,
            Map<String, Object> hints) {

        DataBuffer encode(Object value, DataBufferFactory buffers) {
            Encoder<Object> known = encoder;
            if (known == null) {
                throw new IllegalStateException(
                        valueClass + ": no encoder (expected: one of the known ones)");
            }
            return known.encodeValue(value, buffers, element, mediaType, hints);
        }
    }

    /** Returns whether a known encoder writes values of the declared type as a media type. */
    boolean isKnown(MediaType mediaType) {
        for (HttpMessageWriter<?> writer : writers) {
            if (writer.canWrite(element, mediaType)) {
                return SpringInternals.isKnown(writer);
            }
        }
        return false;
    }

    /** Finds the encoder of a value. Asks the application's writers if it has its own. */
    Encoding select(Object value, MediaType mediaType) {
        Class<?> type = value.getClass();
        HttpMessageWriter<?> writer = isForeign(value) ? null : writer(value, mediaType);
        if (writer == null || !SpringInternals.isKnown(writer)) {
            return new Encoding(type, null, element, mediaType, Hints.none());
        }
        @SuppressWarnings("unchecked")
        Encoder<Object> encoder = ((EncoderHttpMessageWriter<Object>) writer).getEncoder();
        return new Encoding(type, encoder, element, mediaType, hints(encoder, mediaType));
    }

    /** The known encoders do not look at the exchange. */
    @SuppressWarnings({"NullAway", "DataFlowIssue"})
    Map<String, Object> hints(Encoder<?> encoder, MediaType mediaType) {
        return encoder instanceof HttpMessageEncoder<?> own
                ? own.getEncodeHints(actual, element, mediaType, null, null)
                : Hints.none();
    }

    private @Nullable HttpMessageWriter<?> writer(Object value, MediaType mediaType) {
        ResolvableType type = element;
        if (byInstance) {
            ResolvableType instance = ResolvableType.forInstance(value);
            type = instance.hasUnresolvableGenerics() ? element : instance;
        }
        for (HttpMessageWriter<?> writer : writers) {
            if (writer.canWrite(type, mediaType)) {
                return writer;
            }
        }
        return null;
    }

    /** Returns whether WebFlux does more with a value than write it. */
    private boolean isForeign(Object value) {
        return value instanceof ProblemDetail
                || value instanceof ErrorResponse
                || value instanceof HttpHeaders
                || value instanceof ResolvableTypeProvider
                || (byInstance && registry.getAdapter(element.resolve(), value) != null);
    }
}
