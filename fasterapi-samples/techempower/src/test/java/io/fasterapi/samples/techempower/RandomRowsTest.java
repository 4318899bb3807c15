package io.fasterapi.samples.techempower;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomRowsTest {

    @Test
    void drawsEachIdOnceAndAllOfThem() {
        assertThat(Arrays.stream(RandomRows.distinct(RandomRows.ROWS)).sorted().toArray())
                .isEqualTo(IntStream.rangeClosed(1, RandomRows.ROWS).toArray());
    }
}
