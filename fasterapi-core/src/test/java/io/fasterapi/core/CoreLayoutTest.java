package io.fasterapi.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.lmax.disruptor.Sequence;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;
import org.openjdk.jol.info.FieldLayout;

/**
 * What one thread writes for each item shares no cache line with what another thread writes or
 * reads for each item. CPUs fetch two lines of 64 bytes at a time.
 */
class CoreLayoutTest {

    private static final long LINES = 128;
    private static final long LINE = 64;

    static {
        System.setProperty("jol.skipHotspotSAAttach", "true"); // a process that it waits 10 s for
    }

    /** Where the fields of a class lie that are no padding. */
    private record Hot(long begin, long end, long size) {

        static Hot of(Class<?> type, Class<?> owner) {
            ClassLayout layout = ClassLayout.parseClass(type);
            List<FieldLayout> fields =
                    layout.fields().stream()
                            .filter(field -> field.classShortName().equals(owner.getSimpleName()))
                            .toList();
            assertThat(fields).isNotEmpty();
            return new Hot(
                    fields.stream().mapToLong(FieldLayout::offset).min().orElseThrow(),
                    fields.stream()
                            .mapToLong(field -> field.offset() + field.size())
                            .max()
                            .orElseThrow(),
                    layout.instanceSize());
        }
    }

    /** Slots lie one behind the other: a publisher fills one while the core empties the next. */
    @Test
    void twoSlotsShareNoLines() {
        Hot slot = Hot.of(Slot.class, SlotFields.class);
        assertThat(slot.size() - slot.end() + slot.begin()).isGreaterThanOrEqualTo(LINES);
    }

    @Test
    void whatTheCoreNotesForEachItemSharesNoLines() {
        Hot clock = Hot.of(BatchClock.class, BatchClockFields.class);
        assertThat(clock.begin()).isGreaterThanOrEqualTo(LINES);
        assertThat(clock.size() - clock.end()).isGreaterThanOrEqualTo(LINES);
    }

    @Test
    void theCountersShareNoLines() {
        long[] sums = new CoreCounters().sums;
        CoreCounters counters = new CoreCounters();
        counters.served(1, 1, 1, 1);
        counters.pace(1, 1);
        counters.drained(1);
        counters.handedBack();
        counters.continued(1);
        int[] used = IntStream.range(0, sums.length).filter(at -> counters.sums[at] != 0).toArray();
        assertThat(used).hasSize(10);
        assertThat(used[0] * (long) Long.BYTES).isGreaterThanOrEqualTo(LINES);
        int behind = sums.length - 1 - Arrays.stream(used).max().orElseThrow();
        assertThat(behind * (long) Long.BYTES).isGreaterThanOrEqualTo(LINES);
    }

    /** Publishers read it for each item. */
    @Test
    void whatACoreHasLostSharesNoLinesWithWhatLiesBeforeIt() {
        assertThat(Hot.of(LostTime.class, LostTime.class).begin()).isGreaterThanOrEqualTo(LINES);
    }

    /** The Disruptor pads for lines of 64 bytes; two sequences are 128 bytes apart. */
    @Test
    void cursorAndConsumedShareNoLine() {
        ClassLayout layout = ClassLayout.parseClass(Sequence.class);
        FieldLayout value =
                layout.fields().stream()
                        .filter(field -> field.name().equals("value"))
                        .findFirst()
                        .orElseThrow();
        long behind = layout.instanceSize() - value.offset() - value.size();
        assertThat(value.offset()).isGreaterThanOrEqualTo(LINE);
        assertThat(behind + value.offset()).isGreaterThanOrEqualTo(LINES - Long.BYTES);
        assertThat(behind).isGreaterThanOrEqualTo(LINE - Long.BYTES);
    }
}
