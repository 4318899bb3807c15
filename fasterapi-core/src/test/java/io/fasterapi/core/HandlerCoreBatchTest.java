package io.fasterapi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a core does with the items that it takes at once. */
class HandlerCoreBatchTest {

    private static final long SLOW_NANOS = 10_000_000;

    private final HandlerCores cores = new HandlerCores(Work.options(1, 64));
    private final HandlerCore core = cores.cores().get(0);
    private final Loops loops = new Loops(1);
    private final CountDownLatch delivered = new CountDownLatch(1);

    @BeforeEach
    void start() {
        cores.start();
    }

    @AfterEach
    void stop() {
        cores.stop(Duration.ofSeconds(10));
        loops.close();
    }

    @Test
    void whatIsReadyDoesNotWaitForASlowNeighbour() throws Exception {
        answerOnce(new CountDownLatch(1)); // loads the classes, which would end a batch
        loops.dispatch(cores, new Work(() -> Work.spin(SLOW_NANOS)));
        loops.dispatch(
                cores, new Work(() -> Work.spin(SLOW_NANOS))); // now its mean is a slow core's
        AtomicBoolean inTime = new AtomicBoolean();
        Work.Hold hold = new Work.Hold();
        loops.dispatch(cores, hold);
        loops.dispatch(cores, new Work(() -> answer(delivered)));
        Work slow = new Work(() -> inTime.set(delivered.await(10, TimeUnit.SECONDS)));
        loops.dispatch(cores, slow);
        hold.awaitEntered();
        hold.release(); // it held the core for longer than a batch: the two others are the next
        await().until(() -> core.counters().taken() == 6);

        assertThat(slow.runs).hasValue(1);
        assertThat(inTime).isTrue();
    }

    private void answerOnce(CountDownLatch arrived) throws Exception {
        loops.dispatch(cores, new Work(() -> answer(arrived)));
        assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private void answer(CountDownLatch arrived) {
        core.completionBatch()
                .add(
                        new LoopReturn(loops.get(0)) {
                            @Override
                            protected void onLoop() {
                                arrived.countDown();
                            }
                        });
    }
}
