package io.fasterapi.spring.webflux.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;

/** What is learnt from what clients send is bounded, and what is used is kept. */
class LearnedFormatsTest {

    private static final int CAPACITY = 64;
    private static final int MANY = 10_000;

    @Test
    void aFloodIsForgottenAndTheUsualIsNot() {
        LearnedFormats formats = new LearnedFormats();
        formats.learn("usual", MediaType.APPLICATION_JSON);
        AnswerFormat usual = formats.find("usual");
        for (int i = 0; i < MANY; i++) {
            formats.learn("flood " + i, MediaType.TEXT_PLAIN);
            if (i % (CAPACITY / 4) == 0) {
                assertThat(formats.find("usual")).isSameAs(usual);
            }
        }
        int kept = 0;
        for (int i = 0; i < MANY - CAPACITY; i++) {
            kept += formats.find("flood " + i) == null ? 0 : 1;
        }
        assertThat(kept).isZero();
    }

    @Test
    void aLongValueIsNotKept() {
        LearnedFormats formats = new LearnedFormats();
        formats.learn("x".repeat(257), MediaType.TEXT_PLAIN);
        formats.learn("x".repeat(256), MediaType.TEXT_PLAIN);
        assertThat(formats.find("x".repeat(257))).isNull();
        assertThat(formats.find("x".repeat(256))).isNotNull();
    }
}
