package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.admission.RecentlyUsed;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.codec.HttpMessageReader;

/**
 * Which request bodies a method accepts on the direct lane: those whose first reader is a known
 * one. All event loops share it.
 */
public final class BodyCondition {

    private static final int MOST_DIGITS = 9;
    private static final int CAPACITY = 64;
    private static final int LONGEST = 256;

    /** Accepts only requests without a body. */
    public static final BodyCondition NONE = new BodyCondition(List.of(), ResolvableType.NONE, 0);

    private final List<HttpMessageReader<?>> readers;
    private final ResolvableType element;
    private final int mostBytes;
    private final RecentlyUsed<String, Boolean> known = new RecentlyUsed<>(CAPACITY);

    /**
     * Creates the condition of a method that reads a body.
     *
     * @param readers the application's readers in their order
     * @param element the declared type of the body
     * @param mostBytes the longest body in bytes
     */
    public BodyCondition(
            List<HttpMessageReader<?>> readers, ResolvableType element, int mostBytes) {
        this.readers = readers;
        this.element = element;
        this.mostBytes = mostBytes;
    }

    /**
     * Decides by the head of a request.
     *
     * @param type its Content-Type, or null
     * @param length its Content-Length, empty if there is none
     */
    boolean takes(@Nullable CharSequence type, CharSequence length) {
        if (mostBytes == 0) {
            return length.length() == 0 || (length.length() == 1 && length.charAt(0) == '0');
        }
        int bytes = number(length);
        return type != null && bytes > 0 && bytes <= mostBytes && isReadable(type.toString());
    }

    private boolean isReadable(String type) {
        if (type.length() > LONGEST) {
            return false;
        }
        Boolean answer = known.get(type);
        if (answer == null) {
            answer = isReadable(element, type);
            known.put(type, answer);
        }
        return answer;
    }

    private boolean isReadable(ResolvableType element, String type) {
        MediaType mediaType;
        try {
            mediaType = MediaType.parseMediaType(type);
        } catch (InvalidMediaTypeException ex) {
            return false;
        }
        if (mediaType.isCompatibleWith(MediaType.APPLICATION_FORM_URLENCODED)) {
            return false;
        }
        for (HttpMessageReader<?> reader : readers) {
            if (reader.canRead(element, mediaType)) {
                return SpringInternals.isKnown(reader);
            }
        }
        return false;
    }

    private static int number(CharSequence digits) {
        if (digits.length() == 0 || digits.length() > MOST_DIGITS) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
