package io.fasterapi.bench.openloop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    private static final long START = -5_000_000_000L;

    @Test
    void areEvenlySpacedWithoutDrift() {
        List<Long> times = times(3, 100, 0, 1);

        assertThat(times).hasSize(300);
        assertThat(times.get(0)).isEqualTo(START + 166_666_666);
        assertThat(times.get(299)).isEqualTo(START + 99_833_333_333L);
    }

    @Test
    void sharesTogetherAreTheWholeStream() {
        List<Long> parts = new ArrayList<>();
        for (int share = 0; share < 4; share++) {
            parts.addAll(times(50, 0.5, share, 4));
        }
        Collections.sort(parts);

        assertThat(parts).isEqualTo(times(50, 0.5, 0, 1));
    }

    private static List<Long> times(double rate, double seconds, int share, int shares) {
        RequestStream stream = new RequestStream("any", rate, "/", null);
        Arrivals arrivals = new Arrivals(START, stream, seconds, 0.5, share, shares);
        List<Long> times = new ArrayList<>();
        while (arrivals.hasNext()) {
            times.add(arrivals.due());
            arrivals.advance();
        }
        return times;
    }
}
