package io.fasterapi.cores;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CoreMonitorTest {

    private final HandlerCores cores = new HandlerCores(Work.options(2, 8));
    private final CoreMonitor monitor = new CoreMonitor(cores);
    private final Work.Hold hold = new Work.Hold();

    @BeforeEach
    void start() {
        cores.start();
        monitor.start();
    }

    @AfterEach
    void stop() {
        hold.release();
        cores.stop(Duration.ofSeconds(10));
        monitor.stop();
        assertThat(threads()).isZero();
    }

    @Test
    void whatWaitsBehindAStalledItemIsRunByAnotherCore() throws Exception {
        Work moves = new Work();
        publish(hold);
        hold.awaitEntered();
        publish(moves);
        await().until(() -> moves.runs.get() == 1);
        assertThat(moves.thread).isEqualTo("test-core-1");
    }

    @Test
    void aPauseIsKnownAsLongAsItLooks() {
        long later = System.nanoTime() + SECONDS.toNanos(60); // no look by then: a pause
        long half = SECONDS.toNanos(30);
        await().until(() -> cores.pauses().totalNanos(later) > half);
        monitor.stop();
        assertThat(cores.pauses().totalNanos(later)).isLessThan(half);
        monitor.start();
        await().until(() -> cores.pauses().totalNanos(later) > half);
    }

    private void publish(Work work) {
        HandlerCore core = cores.cores().get(0);
        assertThat(core.publish(work)).isTrue();
        core.wake();
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("fasterapi-monitor"))
                .count();
    }
}
