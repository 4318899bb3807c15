package io.fasterapi.cores;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When an event loop wakes the cores that it has published to. */
class LoopWakesTest {

    private static final int BURST = 32;

    private final HandlerCores cores = new HandlerCores(Work.options(1, 64));
    private final Loops loops = new Loops(1);

    @BeforeEach
    void start() {
        cores.start();
        await().until(LoopWakesTest::isParked);
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

    private static boolean isParked() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("test-core-0"))
                .anyMatch(thread -> thread.getState() == Thread.State.WAITING);
    }
}
