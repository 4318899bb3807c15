package io.fasterapi.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StallLogTest {

    private static final Logger LOGGER = Logger.getLogger(StallLog.class.getName());

    private final List<LogRecord> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new Lines(lines);
    private long nowNanos = -5;
    private final StallLog log = new StallLog(() -> nowNanos);

    @BeforeEach
    void listen() {
        LOGGER.addHandler(handler);
        LOGGER.setUseParentHandlers(false);
    }

    @AfterEach
    void listenNoMore() {
        LOGGER.removeHandler(handler);
        LOGGER.setUseParentHandlers(true);
    }

    @Test
    void saysWhichThreadWhatAndWhere() {
        log.stalled(stall("GET /slow", frames(2)));

        assertThat(lines).hasSize(1);
        assertThat(lines.get(0).getLevel()).isEqualTo(Level.WARNING);
        assertThat(lines.get(0).getMessage().lines())
                .first()
                .asString()
                .startsWith("event loop io-1: held by GET /slow for 25 ms so far;");
        assertThat(lines.get(0).getMessage().lines())
                .contains("\tat Some.method(Some.java:0)", "\tat Some.method(Some.java:1)")
                .hasSize(3);
    }

    @Test
    void aLongStackIsCut() {
        log.stalled(stall("GET /slow", frames(42)));

        assertThat(lines.get(0).getMessage().lines())
                .contains("\tat Some.method(Some.java:29)", "\t... 12 more")
                .doesNotContain("\tat Some.method(Some.java:30)");
    }

    @Test
    void eachRouteAtMostOnceAMinute() {
        log.stalled(stall("GET /slow", frames(1)));
        log.stalled(stall("GET /slow", frames(1)));
        log.stalled(stall("GET /other", frames(1)));
        nowNanos += TimeUnit.MINUTES.toNanos(1) - 1;
        log.stalled(stall("GET /slow", frames(1)));
        assertThat(lines).hasSize(2);

        nowNanos += 1;
        log.stalled(stall("GET /slow", frames(1)));
        assertThat(lines).hasSize(3);
        assertThat(lines.get(2).getMessage())
                .contains("GET /slow")
                .contains("(and 2 times since the last such line)");

        log.stalled(stall("GET /slow", frames(1)));
        assertThat(lines).hasSize(3);
    }

    @Test
    void noMoreNamesAreRememberedThanAnApplicationHas() {
        for (int i = 0; i < 10_000; i++) {
            log.stalled(stall("GET /" + i, List.of()));
        }
        log.stalled(stall("GET /0", List.of()));
        assertThat(lines).hasSize(10_000);

        log.stalled(stall("GET /one-more", List.of()));
        log.stalled(stall("GET /0", List.of())); // forgotten with all others
        assertThat(lines).hasSize(10_002);
    }

    @Test
    void noRouteIsNamedByTheFrameOfTheApplication() {
        log.stalled(stall(null, frames(1)));
        log.stalled(stall(null, frames(1)));
        log.stalled(stall(null, List.of()));

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).getMessage()).contains("held by Some.method:0 for 25 ms");
        assertThat(lines.get(1).getMessage()).contains("held by no route for 25 ms");
    }

    private static Stall stall(@Nullable Object route, List<StackTraceElement> stack) {
        return new Stall(true, "io-1", route, Duration.ofMillis(25), stack);
    }

    private static List<StackTraceElement> frames(int count) {
        return IntStream.range(0, count)
                .mapToObj(line -> new StackTraceElement("Some", "method", "Some.java", line))
                .toList();
    }

    /** Keeps what is logged. */
    private static final class Lines extends Handler {

        private final List<LogRecord> lines;

        Lines(List<LogRecord> lines) {
            this.lines = lines;
        }

        @Override
        public void publish(LogRecord line) {
            lines.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
