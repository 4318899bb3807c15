package io.fasterapi.cores;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class CpuPinningTest {

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
                        refused -> {
                            throw new UnsatisfiedLinkError("not on this system");
                        });
            }
        } finally {
            logger.removeHandler(recording);
        }
        assertThat(messages).containsExactly("CPU 0: not pinned; the cores go on without");
    }
}
