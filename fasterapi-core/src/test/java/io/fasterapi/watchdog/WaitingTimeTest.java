package io.fasterapi.watchdog;

import static java.util.concurrent.TimeUnit.HOURS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** An hour is said to pass between two looks, in which no thread of a test can have done much. */
@EnabledOnOs(OS.LINUX)
class WaitingTimeTest {

    private static final long HOUR = HOURS.toNanos(1);

    private static final CountDownLatch INITIALIZING = new CountDownLatch(1);
    private static final CountDownLatch INITIALIZED = new CountDownLatch(1);

    private final AtomicReference<WaitingTime> time = new AtomicReference<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger looks = new AtomicInteger();
    private volatile boolean spins = true;
    private volatile Thread thread = Thread.currentThread();
    private volatile HeldTime held = new HeldTime();

    @AfterEach
    void letGo() {
        release.countDown();
        spins = false;
    }

    @Test
    void aThreadThatWaitsIsSeen() {
        WaitingTime waiting = madeBy(this::awaitRelease);
        await().until(() -> waiting.waits(HOUR));
    }

    /** Runnable, says the JVM. */
    @Test
    void aThreadThatWaitsForASocketIsSeen() throws IOException {
        try (ServerSocket server = new ServerSocket(0);
                Socket socket = new Socket("localhost", server.getLocalPort())) {
            WaitingTime waiting =
                    madeBy(
                            () -> {
                                try {
                                    socket.getInputStream().read();
                                } catch (IOException closed) {
                                    // at the end
                                }
                            });
            await().until(() -> waiting.waits(HOUR));
            assertThat(thread.getState()).isEqualTo(Thread.State.RUNNABLE);
        }
    }

    @Test
    void aThreadThatIsReadyDoesNotWait() {
        WaitingTime spinning =
                madeBy(
                        () -> {
                            while (spins) {
                                Thread.onSpinWait();
                            }
                        });
        for (int i = 0; i < 1_000; i++) {
            assertThat(spinning.waits(HOUR)).isFalse();
        }
    }

    /** What was the CPU's or the run queue's is not the thread's waiting. */
    @Test
    void onlyWhatIsMostOfTheTimeCounts() {
        long milli = WaitingTime.ENOUGH_NANOS / 10;
        WaitingTime mixed =
                madeBy(
                        this::awaitRelease,
                        () ->
                                new HeldTime() {
                                    @Override
                                    long waitedNanos(long passedNanos) {
                                        return looks.incrementAndGet() % 3 == 0 ? 0 : passedNanos;
                                    }
                                });
        for (int i = 0; i < 1_000; i++) {
            assertThat(mixed.waits(milli)).isFalse();
        }
        mixed.begin();
        looks.set(0);
        assertThat(mixed.waits(9 * milli)).isFalse();
        await().until(() -> thread.getState() == Thread.State.WAITING);
        assertThat(mixed.waits(milli)).isTrue();
    }

    /** The one that initialises the class has that code of ours on its stack, the other has not. */
    @Test
    void whoInitialisesAClassOrWaitsForThatDoesNotWait() throws InterruptedException {
        try {
            WaitingTime first = madeBy(Slow::touch);
            INITIALIZING.await();
            await().until(() -> held.waitedNanos(HOUR) > 0);
            WaitingTime second = madeBy(Slow::touch);
            await().until(() -> held.waitedNanos(HOUR) > 0);
            for (int i = 0; i < 100; i++) {
                assertThat(first.waits(HOUR)).isFalse();
                assertThat(second.waits(HOUR)).isFalse();
            }
            assertThat(thread.isAlive()).isTrue();
        } finally {
            INITIALIZED.countDown();
        }
    }

    private void awaitRelease() {
        try {
            release.await();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private WaitingTime madeBy(Runnable rest) {
        return madeBy(rest, HeldTime::new);
    }

    private WaitingTime madeBy(Runnable rest, Supplier<HeldTime> made) {
        time.set(null);
        thread =
                new Thread(
                        () -> {
                            held = made.get();
                            time.set(new WaitingTime(held));
                            rest.run();
                        },
                        "waiting");
        thread.setDaemon(true);
        thread.start();
        return await().until(time::get, there -> there != null);
    }

    /** Takes its time, once. */
    private static final class Slow {

        static {
            INITIALIZING.countDown();
            try {
                INITIALIZED.await();
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        }

        private Slow() {}

        static void touch() {}
    }
}
