package io.fasterapi.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lines are written in order, by another thread, and nobody waits for that. */
class LaterLogTest {

    private final List<String> written = new CopyOnWriteArrayList<>();
    private final List<Thread> writers = new CopyOnWriteArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private final LaterLog log = new LaterLog(new Lines());

    private void log(String line) {
        log.log(Level.INFO, line);
    }

    private static List<String> upTo(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).toList();
    }

    @Test
    void linesAreWrittenInOrderByAnotherThread() {
        released.countDown();
        upTo(500).forEach(this::log);
        await().until(() -> written.size() == 500);
        assertThat(written).isEqualTo(upTo(500));
        assertThat(writers).doesNotContain(Thread.currentThread());
    }

    @Test
    void aLogThatStandsStillHoldsUpNobodyAndLosesWhatIsTooMuch() {
        upTo(LaterLog.MOST + 10).forEach(this::log);
        assertThat(written).isEmpty();
        released.countDown();
        await().until(
                        () -> {
                            log("again");
                            return written.contains("again");
                        });
        assertThat(written.subList(0, LaterLog.MOST)).isEqualTo(upTo(LaterLog.MOST));
        assertThat(written.get(LaterLog.MOST)).isEqualTo("again");
    }

    @Test
    void aLogThatFailsLosesThatLineAlone() {
        released.countDown();
        log("fail");
        log("next");
        await().untilAsserted(() -> assertThat(written).containsExactly("next"));
    }

    /** Keeps what is logged, once it may; fails where it is told to. */
    private final class Lines implements System.Logger {

        @Override
        public String getName() {
            return "test";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, String message) {
            try {
                released.await();
            } catch (InterruptedException ex) {
                throw new IllegalStateException(ex);
            }
            if (message.equals("fail")) {
                throw new StackOverflowError();
            }
            writers.add(Thread.currentThread());
            written.add(message);
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
            log(level, message);
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... params) {
            log(level, format);
        }
    }
}
