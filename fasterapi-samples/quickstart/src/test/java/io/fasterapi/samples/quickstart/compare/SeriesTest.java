package io.fasterapi.samples.quickstart.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.samples.quickstart.compare.SideBySideResult.Range;
import io.fasterapi.samples.quickstart.compare.SideBySideResult.Side;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {

    @Test
    void comparesRoundByRoundAndStockWithItself() {
        Series series = new Series();
        series.add(slice(10_000, 1_000), slice(40_000, 3_000), slice(60_000, 5_000));
        series.add(slice(20_000, 2_000), slice(30_000, 3_000), slice(50_000, 5_000));
        series.add(slice(30_000, 3_000), slice(50_000, 3_000), slice(50_000, 5_000));

        assertThat(series.rounds()).isEqualTo(3);
        assertThat(series.requests()).isEqualTo(6);
        assertThat(series.fasterapi()).isEqualTo(new Side(10, 2));
        assertThat(series.stock()).isEqualTo(new Side(25, 4));
        assertThat(series.ratios().fasterapi()).isEqualTo(new Range(0.5, 0.2, 0.6));
        assertThat(series.ratios().control()).isEqualTo(new Range(1.5, 1, 5.0 / 3));
    }

    @Test
    void aSliceKeepsWhatItsPartsFound() {
        Slice whole =
                Slice.of(
                        List.of(
                                new Slice(0, new long[] {1, 2}, null),
                                new Slice(0, new long[] {3, 4}, "other")),
                        8_000);

        assertThat(whole.latencies()).containsExactly(1, 2, 3, 4);
        assertThat(whole.other()).isEqualTo("other");
        assertThat(whole.cpuMicrosPerRequest()).isEqualTo(2);
    }

    /** Two requests. */
    private static Slice slice(long cpuNanos, long latency) {
        return new Slice(cpuNanos, new long[] {latency, latency}, null);
    }
}
