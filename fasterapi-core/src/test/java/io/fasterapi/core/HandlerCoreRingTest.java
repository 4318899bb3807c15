package io.fasterapi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HandlerCoreRingTest {

    private final HandlerCores cores = new HandlerCores(Work.options(1, 8));
    private final HandlerCore core = cores.cores().get(0);
    private final Loops loops = new Loops(1);

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
    void aFullRingRefusesCountsAndTakesAgainWhenItIsDrained() throws Exception {
        Work.Hold hold = hold();
        List<Work> accepted = fill();

        // The slot of the task that runs is freed when its batch ends.
        assertThat(accepted).hasSize(7);
        assertThat(core.remaining()).isZero();
        assertThat(core.counters().rejected()).isEqualTo(1);
        assertThat(loops.dispatch(cores, new Work())).isFalse();
        assertThat(core.counters().rejected()).isEqualTo(2);
        hold.release();
        await().until(() -> core.remaining() == 8);

        assertThat(accepted).allMatch(work -> work.runs.get() == 1 && work.aborts.isEmpty());
        assertThat(loops.dispatch(cores, new Work())).isTrue();
        await().until(() -> core.counters().taken() == 9);
        assertThat(core.published()).isEqualTo(9);
    }

    @Test
    void theRingKeepsNoTaskAlive() throws Exception {
        List<WeakReference<Work>> references = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            references.add(dispatchWeakly(new Work()));
            int soFar = i + 1;
            await().pollInterval(Duration.ofMillis(1))
                    .until(() -> core.counters().taken() == soFar);
        }

        await().untilAsserted(
                        () -> {
                            System.gc();
                            assertThat(references).allMatch(reference -> reference.get() == null);
                        });
    }

    @Test
    void countsWhatItTookInHowManyBatches() throws Exception {
        for (int i = 1; i <= 3; i++) {
            loops.dispatch(cores, new Work());
            int soFar = i;
            await().until(() -> core.counters().batches() == soFar);
        }

        assertThat(core.counters().taken()).isEqualTo(3);
        assertThat(core.published()).isEqualTo(3);
        assertThat(core.counters().rejected()).isZero();
        assertThat(core.counters().continuations()).isZero();
        assertThat(core.counters().completionBatches()).isZero();
        assertThat(core.counters().takeMaxBatch()).isEqualTo(1);
        assertThat(core.counters().takeMaxBatch()).isZero();
    }

    @Test
    void timesWaitAndServiceAndTheirMaximum() throws Exception {
        Work.Hold hold = hold();
        Work waiting = new Work();
        loops.dispatch(cores, waiting);
        hold.release();
        await().until(() -> core.counters().taken() == 2);

        CoreCounters counters = core.counters();
        long longest = counters.takeMaxServiceNanos();
        assertThat(longest).isPositive().isLessThanOrEqualTo(counters.serviceNanos());
        assertThat(counters.takeMaxServiceNanos()).isZero();
        long longestWait = counters.takeMaxWaitNanos();
        assertThat(longestWait).isPositive().isLessThanOrEqualTo(counters.waitNanos());
        assertThat(counters.takeMaxWaitNanos()).isZero();
    }

    @Test
    void workMustBeDispatchedOnItsLoop() {
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> cores.dispatch(new Work(), loops.get(0)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("not on its event loop");
        assertThat(core.published()).isZero();
    }

    private Work.Hold hold() throws Exception {
        Work.Hold hold = new Work.Hold();
        assertThat(loops.dispatch(cores, hold)).isTrue();
        hold.awaitEntered();
        return hold;
    }

    private List<Work> fill() throws Exception {
        List<Work> accepted = new ArrayList<>();
        for (Work work = new Work(); loops.dispatch(cores, work); work = new Work()) {
            accepted.add(work);
        }
        return accepted;
    }

    private WeakReference<Work> dispatchWeakly(Work work) throws Exception {
        assertThat(loops.dispatch(cores, work)).isTrue();
        return new WeakReference<>(work);
    }

    /** A publisher may lose its CPU between the two; a spinning core would keep it from it. */
    @Test
    void aCoreParksWhileASlotIsClaimedAndNotYetPublished() {
        long sequence = core.queue().ring().claim();
        core.execute(() -> {}); // it is awake, and looks
        await().until(() -> core.counters().continuations() == 1);
        await().until(() -> stateOf(core) == Thread.State.WAITING);
        assertThat(core.depth()).isEqualTo(1);

        Work work = new Work();
        core.queue().ring().publish(sequence, work, System.nanoTime(), 0);
        core.wake();
        await().untilAtomic(work.runs, org.hamcrest.Matchers.is(1));
    }

    private static Thread.State stateOf(HandlerCore core) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(core.name()))
                .findAny()
                .map(Thread::getState)
                .orElse(Thread.State.NEW);
    }
}
