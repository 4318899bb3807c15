package io.fasterapi.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random text, surrogates included, as it is written and as a reader decodes it. */
class BodyWritersRandomTest {

    private final BodyWriters ours = BodyWriters.of(new BodyWritersTest.Brackets());

    @Test
    void randomTextArrivesWhole() {
        Random random = new Random(42);
        for (int i = 0; i < 500; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(60); length > 0; length--) {
                text.appendCodePoint(codePoint(random));
            }
            assertThat(BodyWritersTest.written(ours, text.toString())).isEqualTo(text.toString());
        }
    }

    private static int codePoint(Random random) {
        int drawn = random.nextInt(4) == 0 ? random.nextInt(0x110000) : random.nextInt(0x250);
        return drawn >= 0xd800 && drawn < 0xe000 ? 'x' : drawn;
    }
}
