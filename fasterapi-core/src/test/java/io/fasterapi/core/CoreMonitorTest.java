package io.fasterapi.core;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.example.UserCode;
import io.fasterapi.watchdog.Watchdog;
import io.fasterapi.watchdog.WatchdogOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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

    /** Listeners are the application's: one that blocks holds up the watchdog, and nothing here. */
    @Test
    void soItIsWhileAListenerOfTheWatchdogBlocks() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Watchdog watchdog =
                new Watchdog(
                        new WatchdogOptions(Duration.ofMillis(20), Duration.ofMillis(20)),
                        () ->
                                List.of(
                                        stall -> {
                                            told.countDown();
                                            awaitUninterruptibly(release);
                                        }));
        watchdog.start();
        try {
            watchdog.watch("test-core-0", cores.cores().get(0).activity());
            publish(new Work(() -> UserCode.call(() -> awaitUninterruptibly(release))));
            assertThat(told.await(20, SECONDS)).isTrue();
            Work moves = new Work();
            publish(moves);
            await().until(() -> moves.runs.get() == 1);
            assertThat(moves.thread).isEqualTo("test-core-1");
            assertThat(release.getCount()).isOne();
        } finally {
            release.countDown();
            watchdog.stop();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
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
