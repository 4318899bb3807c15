package io.fasterapi.watchdog;

import static java.util.concurrent.TimeUnit.HOURS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** An hour is said to have passed, in which no thread of a test can have done much. */
@EnabledOnOs(OS.LINUX)
class HeldTimeTest {

    private static final long HOUR = HOURS.toNanos(1);

    private final AtomicReference<HeldTime> time = new AtomicReference<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private volatile boolean spins = true;

    @AfterEach
    void letGo() {
        release.countDown();
        spins = false;
    }

    @Test
    void aThreadThatIsReadyIsToBlameForTheCpuThatItUsed() {
        HeldTime spinning =
                madeBy(
                        () -> {
                            while (spins) {
                                Thread.onSpinWait();
                            }
                        });
        spinning.begin();
        await().until(() -> spinning.nanos(HOUR) > 0); // it goes on, so it does count
        assertThat(spinning.nanos(HOUR)).isLessThan(HOUR / 2);
    }

    @Test
    void aThreadThatWaitsIsToBlameForAllOfIt() {
        HeldTime waiting =
                madeBy(
                        () -> {
                            try {
                                release.await();
                            } catch (InterruptedException ex) {
                                Thread.currentThread().interrupt();
                            }
                        });
        await().untilAsserted(() -> assertThat(waiting.nanos(HOUR)).isGreaterThan(HOUR / 2));
    }

    private HeldTime madeBy(Runnable rest) {
        Thread thread =
                new Thread(
                        () -> {
                            time.set(new HeldTime());
                            rest.run();
                        },
                        "(a name) R ");
        thread.setDaemon(true);
        thread.start();
        return await().until(time::get, made -> made != null);
    }
}
