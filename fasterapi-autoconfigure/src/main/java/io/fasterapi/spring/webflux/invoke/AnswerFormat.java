package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.spring.webflux.invoke.BodyEncoders.Encoding;
import io.netty.util.AsciiString;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * How WebFlux has answered an Accept header: the media type, and the encoder for each class of
 * values. All threads share it. It holds one encoding per class that the method returns.
 */
public final class AnswerFormat {

    /** The format of methods without a body. */
    static final AnswerFormat NONE = new AnswerFormat(MediaType.ALL);

    private final MediaType mediaType;
    private final AsciiString contentType;
    private final Map<Class<?>, Encoding> encodings = new ConcurrentHashMap<>();
    private @Nullable Encoding last;
    private volatile @Nullable StreamEncoding stream;

    AnswerFormat(MediaType mediaType) {
        this.mediaType = mediaType;
        this.contentType = AsciiString.cached(mediaType.toString());
    }

    AsciiString contentType() {
        return contentType;
    }

    /** Returns the writer of many values, or null if Spring must write them. */
    @Nullable StreamEncoding streamEncoding(BodyEncoders encoders) {
        StreamEncoding known = stream;
        if (known == null) {
            known = StreamEncoding.select(encoders, mediaType);
            stream = known;
        }
        return known;
    }

    /**
     * Returns the encoding of a value. If the note of the last one is stale or lost, that costs a
     * look-up.
     */
    Encoding encodingOf(Object value, BodyEncoders encoders) {
        Class<?> type = value.getClass();
        Encoding noted = last;
        if (noted != null && noted.valueClass() == type) {
            return noted;
        }
        Encoding known = encodings.get(type);
        if (known == null) {
            known = encoders.select(value, mediaType);
            encodings.put(type, known);
        }
        last = known;
        return known;
    }
}
