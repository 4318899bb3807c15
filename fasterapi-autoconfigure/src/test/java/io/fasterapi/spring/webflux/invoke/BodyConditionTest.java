package io.fasterapi.spring.webflux.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.StringDecoder;
import org.springframework.http.MediaType;
import org.springframework.http.codec.DecoderHttpMessageReader;

/** What is learnt of content types, which clients choose, is bounded, and what is used is kept. */
class BodyConditionTest {

    private static final int CAPACITY = 64;
    private static final int MANY = 10_000;
    private static final String USUAL = "text/plain";

    private int asked;

    private final BodyCondition condition =
            new BodyCondition(
                    List.of(
                            new DecoderHttpMessageReader<>(StringDecoder.allMimeTypes()) {
                                @Override
                                public boolean canRead(
                                        ResolvableType type, @Nullable MediaType mediaType) {
                                    asked++;
                                    return super.canRead(type, mediaType);
                                }
                            }),
                    ResolvableType.forClass(String.class),
                    1000);

    @Test
    void aFloodIsForgottenAndTheUsualIsNot() {
        condition.takes(USUAL, "10");
        assertThat(asked).isOne();
        for (int i = 0; i < MANY; i++) {
            condition.takes("text/x-" + i, "10");
            if (i % (CAPACITY / 4) == 0) {
                condition.takes(USUAL, "10");
            }
        }
        assertThat(asked).isEqualTo(MANY + 1);
        for (int i = 0; i < MANY - CAPACITY; i++) {
            condition.takes("text/x-" + i, "10");
        }
        assertThat(asked).isEqualTo(2 * MANY - CAPACITY + 1);
    }

    @Test
    void aLongValueIsNotKept() {
        condition.takes("text/" + "x".repeat(300), "10");
        assertThat(asked).isZero();
    }
}
