package io.fasterapi.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class CpuPinningTest {

    /** A container may have CPUs 4, 6 and 7 of the machine. */
    @Test
    void coresGoToTheCpusThatTheProcessMayUse() {
        BitSet usable = new BitSet();
        usable.set(4);
        usable.set(6, 8);
        List<Integer> chosen = new CopyOnWriteArrayList<>();
        for (int core = 0; core < 5; core++) {
            CpuPinning.pin(core, () -> usable, chosen::add);
        }
        assertThat(chosen).containsExactly(7, 6, 4, 7, 6);
    }

    @Test
    void aSystemThatRefusesIsWarnedOfOnce() {
        List<String> messages = new CopyOnWriteArrayList<>();
        Handler recording =
                new Handler() {
                    @Override
                    public void publish(LogRecord entry) {
                        messages.add(entry.getMessage());
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        Logger logger = Logger.getLogger(CpuPinning.class.getName());
        logger.addHandler(recording);
        try {
            for (int cpu = 0; cpu < 3; cpu++) {
                CpuPinning.pin(
                        cpu,
                        () -> BitSet.valueOf(new long[] {0b11}),
                        refused -> {
                            throw new UnsatisfiedLinkError("not on this system");
                        });
            }
        } finally {
            logger.removeHandler(recording);
        }
        assertThat(messages)
                .containsExactly("handler core 0: could not be bound to a CPU; it runs unbound");
    }
}
