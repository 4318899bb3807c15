package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.spring.webflux.invoke.BodyEncoders.Encoding;
import io.netty.util.AsciiString;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * How WebFlux has answered an Accept header: as which media type, and by which encoder the values
 * of a class. Shared by all threads; holds as many encodings as the method returns classes.
 */
public final class AnswerFormat {

    /** Of methods without a body, which need none. */
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

    /** Returns what writes many values, or null if Spring has to. */
    @Nullable StreamEncoding streamEncoding(BodyEncoders encoders) {
        StreamEncoding known = stream;
        if (known == null) {
            known = StreamEncoding.select(encoders, mediaType);
            stream = known;
        }
        return known;
    }

    /** Returns what writes a value. A stale or lost note of the last one only costs a look-up. */
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
