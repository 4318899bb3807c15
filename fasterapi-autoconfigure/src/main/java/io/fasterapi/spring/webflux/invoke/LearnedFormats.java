package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.admission.RecentlyUsed;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * How WebFlux has answered the Accept headers of one method, by the header's value. Frequent values
 * are kept, whatever else clients send. Thread-safe.
 */
public final class LearnedFormats {

    /*
     * Content negotiation depends only on the method and the Accept header. So an answer of Spring
     * can be repeated without its logic.
     */
    private static final int CAPACITY = 64;
    private static final int LONGEST = 256;

    private final RecentlyUsed<String, AnswerFormat> formats = new RecentlyUsed<>(CAPACITY);
    private final boolean bodiless;

    /** The formats of methods that never have a body. */
    public static final LearnedFormats NONE = new LearnedFormats(true);

    /** Creates empty formats. */
    public LearnedFormats() {
        this(false);
    }

    private LearnedFormats(boolean bodiless) {
        this.bodiless = bodiless;
    }

    /**
     * Returns the format for an Accept header, or null if it is unknown.
     *
     * @param accept the header's value, empty if there is none
     */
    @Nullable AnswerFormat find(String accept) {
        return bodiless ? AnswerFormat.NONE : formats.get(accept);
    }

    void learn(String accept, MediaType contentType) {
        if (!bodiless && accept.length() <= LONGEST && formats.get(accept) == null) {
            formats.put(accept, new AnswerFormat(contentType));
        }
    }
}
