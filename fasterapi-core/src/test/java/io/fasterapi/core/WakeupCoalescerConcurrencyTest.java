package io.fasterapi.core;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.watchdog.Activity;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When an event loop wakes the cores that it has published to. */
class WakeupCoalescerConcurrencyTest {

    private static final int BURST = 32;

    private final HandlerCores cores = new HandlerCores(Work.options(1, 64));
    private final Loops loops = new Loops(1);

    @BeforeEach
    void start() {
        cores.cores().get(0).dozeNanos = Long.MAX_VALUE; // no sleep is a long one
        cores.start();
        await().until(WakeupCoalescerConcurrencyTest::isParked);
    }

    @AfterEach
    void stop() {
        cores.stop(Duration.ofSeconds(10));
        loops.close();
    }

    @Test
    void aBurstWakesACoreBeforeTheLoopHasComeRound() throws Exception {
        CountDownLatch begun = new CountDownLatch(BURST);
        boolean inTime =
                loops.call(
                        0,
                        () -> {
                            for (int i = 0; i < BURST; i++) {
                                cores.dispatch(new Work(begun::countDown), loops.get(0));
                            }
                            return begun.await(10, SECONDS);
                        });

        assertThat(inTime).isTrue();
    }

    /** What the application's code is at may take as long as it likes. */
    @Test
    void whatTheApplicationPublishesIsBegunThoughItGoesOn() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        boolean inTime =
                loops.call(
                        0,
                        () -> {
                            Activity.current().begin("a handler on its loop");
                            cores.dispatch(new Work(begun::countDown), loops.get(0));
                            boolean seen = begun.await(10, SECONDS);
                            Activity.current().end(null);
                            return seen;
                        });

        assertThat(inTime).isTrue();
    }

    @Test
    void whatWasPublishedIsBegunBeforeTheApplicationHasItsTurn() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        boolean inTime =
                loops.call(
                        0,
                        () -> {
                            for (int i = 0; i < 2; i++) {
                                cores.dispatch(new Work(begun::countDown), loops.get(0));
                            }
                            Activity.current().begin("a handler on its loop");
                            boolean seen = begun.await(10, SECONDS);
                            Activity.current().end(null);
                            return seen;
                        });

        assertThat(inTime).isTrue();
    }

    /**
     * Something else may hold up the loop, of which nobody knows: a handshake, a library's task.
     */
    @Test
    void aCoreThatHasSleptForLongIsWokenAtOnce() throws Exception {
        cores.cores().get(0).dozeNanos = 0; // every sleep is a long one
        CountDownLatch begun = new CountDownLatch(1);
        boolean inTime =
                loops.call(
                        0,
                        () -> {
                            cores.dispatch(new Work(begun::countDown), loops.get(0));
                            return begun.await(10, SECONDS);
                        });

        assertThat(inTime).isTrue();
    }

    /** The same held-up loop, and a core that dozed when it published. */
    @Test
    void theWatchdogsLookWakesACoreThatSleepsOverItsWork() throws Exception {
        CountDownLatch published = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Void> watchdog =
                CompletableFuture.runAsync(
                        () -> {
                            Work.awaitQuietly(published);
                            cores.rescue();
                        });
        boolean inTime =
                loops.call(
                        0,
                        () -> {
                            cores.dispatch(new Work(begun::countDown), loops.get(0));
                            published.countDown();
                            return begun.await(10, SECONDS);
                        });

        assertThat(inTime).isTrue();
        watchdog.get(10, SECONDS);
    }

    /**
     * Tasks that came while the loop was reading are behind the wake-up, however long they take.
     */
    @Test
    void aTaskThatComesLaterDoesNotHoldUpTheWakeUp() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Boolean> later = new CompletableFuture<>();
        loops.call(
                0,
                () -> {
                    cores.dispatch(new Work(begun::countDown), loops.get(0));
                    loops.get(0).execute(() -> later.complete(Work.awaitQuietly(begun)));
                    return null;
                });

        assertThat(later.get(20, SECONDS)).isTrue();
    }

    /** One reading of the clock for all that a loop reads at once; the application has its own. */
    @Test
    void aBurstSharesTheTimeOfItsFirstItem() throws Exception {
        loops.call(
                0,
                () -> {
                    WakeupCoalescer owed =
                            new WakeupCoalescer(
                                    loops.get(0), cores.cores().toArray(HandlerCore[]::new), 0);
                    long first = owed.nowNanos();
                    owed.owe(cores.cores().get(0), first);
                    Work.spin(1);
                    assertThat(owed.nowNanos()).isEqualTo(first);

                    Activity.current().begin("a handler on its loop");
                    assertThat(owed.nowNanos()).isGreaterThan(first);
                    Activity.current().end(null);
                    long next = owed.nowNanos();
                    owed.owe(cores.cores().get(0), next);
                    owed.run();
                    Work.spin(1);
                    assertThat(owed.nowNanos()).isGreaterThan(next);
                    return null;
                });
    }

    private static boolean isParked() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("test-core-0"))
                .anyMatch(thread -> thread.getState() == Thread.State.WAITING);
    }
}
