package io.fasterapi.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OverloadTest {

    private static final Logger LOGGER = Logger.getLogger(Overload.class.getName());
    private static final long SECOND = 1_000_000_000;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<Level> levels = new CopyOnWriteArrayList<>();
    private final Handler handler = new Lines();
    private final Placements placements = Placements.of(Placement.CORE);
    private final RouteLoad load = placements.of("GET", "/slow", null).load();
    private final Overload overload = placements.overload();
    private long nowNanos = -3 * SECOND;

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

    private void look(long seconds) {
        nowNanos += seconds * SECOND;
        overload.look(nowNanos);
    }

    /** They are logged by another thread. */
    private void awaitLines(int count) {
        await().untilAsserted(() -> assertThat(lines).hasSize(count));
    }

    @Test
    void anEpisodeIsOneWarningAndOneLineAtItsEnd() {
        look(1);
        assertThat(lines).isEmpty();
        for (int i = 0; i < 500; i++) {
            load.refuse(i % 5 == 0 ? Refused.RING_FULL : Refused.WAITED);
            load.refuse(Refused.WAITED);
            look(i % 5 == 0 ? 9 : 0);
        }
        awaitLines(1);
        assertThat(lines.get(0)).contains("GET /slow (ring-full), GET /slow (waited)");
        assertThat(overload.lasted()).isEqualTo(Duration.ofSeconds(99 * 9));

        look(9);
        assertThat(lines).hasSize(1);
        assertThat(overload.lasted()).isEqualTo(Duration.ofSeconds(99 * 9));
        look(1);
        awaitLines(2);
        assertThat(lines.get(1))
                .endsWith("after 891 s; requests refused, by cause: {ring-full=100, waited=900}");
        assertThat(overload.lasted()).isZero();
        look(100);
        awaitLines(2);
        assertThat(levels).containsExactly(Level.WARNING, Level.INFO);
    }

    @Test
    void theNextEpisodeIsCountedByItself() {
        load.refuse(Refused.WAITED);
        look(0);
        look(10);
        load.refuse(Refused.WAITED);
        load.refuse(Refused.WAITED);
        look(0);
        look(10);
        awaitLines(4);
        assertThat(lines.get(3)).endsWith("after 0 s; requests refused, by cause: {waited=2}");
    }

    @Test
    void aDeadlineOfTheCallerIsNoOverload() {
        load.refuse(Refused.DEADLINE);
        look(0);
        assertThat(lines).isEmpty();
        assertThat(overload.lasted()).isZero();
    }

    /** Keeps what is logged. */
    private final class Lines extends Handler {

        @Override
        public void publish(LogRecord line) {
            levels.add(line.getLevel());
            lines.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
