package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.exchange.RecentlyUsed;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * The answers that WebFlux has given to the Accept headers of one method, by the header's value.
 * What clients send often is kept, whatever else they send. Thread-safe.
 */
public final class LearnedFormats {

    /*
     * Content negotiation depends on nothing but the method and the Accept header, so what Spring
     * has answered once can be answered again. Nothing of its logic is needed here.
     */
    private static final int CAPACITY = 64;
    private static final int LONGEST = 256;

    private final RecentlyUsed<String, AnswerFormat> formats = new RecentlyUsed<>(CAPACITY);
    private final boolean bodiless;

    /** Of methods that never have a body: there is nothing to learn. */
    public static final LearnedFormats NONE = new LearnedFormats(true);

    /** Creates an empty one. */
    public LearnedFormats() {
        this(false);
    }

    private LearnedFormats(boolean bodiless) {
        this.bodiless = bodiless;
    }

    /**
     * Returns the format for an Accept header, or null if it is not known.
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
