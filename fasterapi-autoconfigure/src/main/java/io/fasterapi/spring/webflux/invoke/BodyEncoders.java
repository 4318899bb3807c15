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
 * The application's encoders for the bodies of one method. Which of them writes a value is asked of
 * the application's message writers, in their order, once for each class of value. Immutable.
 *
 * @param writers the application's
 * @param actual the declared type of the result
 * @param element the declared type of a body
 * @param byInstance whether the class of a value decides, as where it is returned plainly, or the
 *     declared type alone
 * @param registry of reactive types
 */
public record BodyEncoders(
        List<HttpMessageWriter<?>> writers,
        ResolvableType actual,
        ResolvableType element,
        boolean byInstance,
        ReactiveAdapterRegistry registry) {

    /**
     * What writes the values of a class as a media type.
     *
     * @param encoder null if that is not an encoder that the direct lane knows
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

    /** Tells whether values of the declared type are written as a media type by a known encoder. */
    boolean isKnown(MediaType mediaType) {
        for (HttpMessageWriter<?> writer : writers) {
            if (writer.canWrite(element, mediaType)) {
                return SpringInternals.isKnown(writer);
            }
        }
        return false;
    }

    /** Finds out what writes a value; asks code of the application's writers, if it has its own. */
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

    /** The encoders that are known do not look at the exchange. */
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

    /** Tells whether WebFlux does more with a value than to write it. */
    private boolean isForeign(Object value) {
        return value instanceof ProblemDetail
                || value instanceof ErrorResponse
                || value instanceof HttpHeaders
                || value instanceof ResolvableTypeProvider
                || (byInstance && registry.getAdapter(element.resolve(), value) != null);
    }
}
