package io.fasterapi.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.batch.BatchRefusedException.Cause;
import io.fasterapi.core.QueueTimeLimit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Sinks;

/** For how long items wait for their batch, under the rule of the cores. The time is ours. */
class BatchOverloadTest {

    private static final QueueTimeLimit SECOND = new QueueTimeLimit(Duration.ofSeconds(1));

    private static final long STEP = 50_000_000;

    /**
     * Until what waits behind a batch that never ends is refused: half a patience until something
     * is known of it, eleven with no end of a batch, and one on trial.
     */
    private static final int HUNG_STEPS = 251;

    private final AtomicLong clock = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private final Queue<Runnable> worker = new ConcurrentLinkedQueue<>();
    private final List<List<Integer>> batches = new ArrayList<>();
    private final Deque<Sinks.One<List<Integer>>> underWay = new ArrayDeque<>();
    private final Map<Integer, Object> answers = new ConcurrentHashMap<>();
    private final Queue<Cause> causes = new ConcurrentLinkedQueue<>();
    private Batchers batchers;
    private Batcher<Integer, Integer> batcher;

    private void batcher(QueueTimeLimit limit, BatchOptions options) {
        batchers =
                new Batchers(
                        (placement, group) -> worker::add,
                        BatchWaits.of(
                                limit,
                                moment -> {
                                    asked.incrementAndGet();
                                    return lost.get();
                                },
                                clock::get));
        batcher =
                batchers.create(
                        "overload",
                        options,
                        BatchFunction.ofMono(
                                items -> {
                                    batches.add(List.copyOf(items));
                                    Sinks.One<List<Integer>> end = Sinks.one();
                                    underWay.add(end);
                                    return end.asMono();
                                }),
                        item -> item / 1_000);
        batcher.onRefused(causes::add);
    }

    private Disposable submit(int item) {
        return batcher.submit(item)
                .subscribe(
                        value -> answers.put(item, value), failure -> answers.put(item, failure));
    }

    private void work() {
        Runnable task;
        while ((task = worker.poll()) != null) {
            task.run();
        }
    }

    /** The batch that has begun first ends; what waits for a permit begins. */
    private void end() {
        int number = batches.size() - underWay.size();
        underWay.remove().tryEmitValue(batches.get(number));
        work();
    }

    private void steps(int count) {
        for (int i = 0; i < count; i++) {
            clock.addAndGet(STEP);
            batchers.look();
        }
    }

    private Cause refusal(int item) {
        await().until(() -> answers.containsKey(item));
        return ((BatchRefusedException) answers.get(item)).reason();
    }

    @Test
    void whatHasWaitedForTooLongBehindABatchThatNeverEndsIsRefused() {
        batcher(SECOND, BatchOptions.defaults());
        submit(1);
        work();
        submit(2);
        submit(3).dispose();
        steps(HUNG_STEPS - 11);
        submit(4);
        steps(10);
        assertThat(answers).isEmpty(); // a trial first

        steps(1);
        assertThat(refusal(2)).isEqualTo(Cause.WAITED);
        assertThat(causes).containsExactly(Cause.WAITED);
        assertThat(batcher.counters().refused()).isOne();
        assertThat(batcher.counters().cancelled()).isOne();
        assertThat(batcher.counters().queued()).isOne();

        steps(9);
        assertThat(answers).containsOnlyKeys(2);
        steps(1);
        assertThat(refusal(4)).isEqualTo(Cause.WAITED);
        end();
        submit(5);
        work();
        end();
        assertThat(answers).containsEntry(1, 1).containsEntry(5, 5).hasSize(4);
        assertThat(batcher.counters().queued()).isZero();
        assertThat(batcher.groups()).isZero();
    }

    @Test
    void aWorkerThatComesForWhatWaitsRefusesThatToo() {
        batcher(SECOND, BatchOptions.defaults());
        submit(1);
        work();
        submit(2);
        steps(HUNG_STEPS - 1);
        submit(3);
        steps(1);
        assertThat(refusal(2)).isEqualTo(Cause.WAITED);
        clock.addAndGet(20 * STEP); // and nobody looks
        submit(4);
        end();
        assertThat(refusal(3)).isEqualTo(Cause.WAITED);
        assertThat(batches).containsExactly(List.of(1), List.of(4));
        end();
        assertThat(answers).containsEntry(4, 4);
        assertThat(batcher.groups()).isZero();
    }

    /** The last ones wait for longer than the patience, but not for much longer. */
    @Test
    void aBurstThatIsOverInTimeIsAnsweredInFull() {
        batcher(SECOND, BatchOptions.defaults().withMaxSize(1));
        for (int i = 1; i <= 8; i++) {
            submit(i);
        }
        work();
        for (int i = 1; i <= 8; i++) {
            steps(5);
            end();
        }
        assertThat(answers)
                .hasSize(8)
                .allSatisfy((item, answer) -> assertThat(answer).isEqualTo(item));
        assertThat(causes).isEmpty();
    }

    /** What the next batch takes is all that it can do; and it comes back. */
    @Test
    void aFunctionThatTakesLongerThanClientsWaitRefusesNothing() {
        batcher(SECOND, BatchOptions.defaults().withMaxSize(1_000));
        int last = 0;
        for (int round = 0; round < 20; round++) {
            for (int step = 0; step < 60; step++) {
                submit(++last);
                work();
                steps(1);
            }
            end();
        }
        end();
        assertThat(answers).hasSize(last);
        assertThat(batches).hasSize(21);
        assertThat(causes).isEmpty();
    }

    /** One is left over each time, so that what is known of the function stays. */
    @Test
    void whatTheNextBatchTakesIsNoOverload() {
        batcher(SECOND, BatchOptions.defaults().withMaxSize(10));
        int last = 0;
        submit(++last);
        work();
        for (int i = 0; i < 11; i++) {
            submit(++last);
        }
        for (int round = 0; round < 20; round++) {
            steps(29);
            for (int i = 0; round > 0 && i < 10; i++) {
                submit(++last);
            }
            steps(1);
            end();
        }
        assertThat(causes).isEmpty();
        assertThat(batcher.counters().items()).isEqualTo(191);
    }

    /** It takes a tenth of a second, until it never comes back. */
    @Test
    void whatIsUsualDecidesWhenAFunctionStandsStill() {
        batcher(SECOND, BatchOptions.defaults());
        for (int i = 1; i <= 10; i++) {
            submit(i);
            work();
            steps(2);
            end();
        }
        submit(11);
        work();
        submit(12);
        steps(HUNG_STEPS - 200 + 7); // four times that, instead of ten times the patience
        assertThat(causes).isEmpty();
        steps(1);
        assertThat(refusal(12)).isEqualTo(Cause.WAITED);
    }

    /** Twice as many as can be served, two at a time. */
    @Test
    void underLastingOverloadTheOldestAreRefusedAndTheOrderStays() {
        batcher(SECOND, BatchOptions.defaults().withMaxSize(1).withConcurrency(2));
        int last = 0;
        for (int round = 0; round < 100; round++) {
            for (int i = 0; i < 4; i++) {
                submit(++last);
            }
            work();
            steps(4);
            for (int ended = underWay.size(); ended > 0; ended--) {
                end();
            }
        }
        while (!underWay.isEmpty()) {
            end();
        }
        int all = last;
        await().until(() -> answers.size() == all);
        assertThat(batches).isSortedAccordingTo((one, other) -> one.get(0) - other.get(0));
        assertThat(causes).hasSizeGreaterThan(100).containsOnly(Cause.WAITED);
        assertThat(batcher.counters().refused()).isEqualTo(causes.size());
        assertThat(batcher.counters().items()).isEqualTo(all - causes.size());
        assertThat(batcher.counters().queued()).isZero();
        assertThat(batcher.groups()).isZero();
    }

    @Test
    void pausesAreNoWaiting() {
        batcher(SECOND, BatchOptions.defaults());
        submit(1);
        work();
        submit(2);
        steps(10);
        clock.addAndGet(40 * STEP);
        lost.addAndGet(40 * STEP);
        steps(230);
        submit(3); // after the pause, so that all of its time is waiting
        steps(10);
        assertThat(answers).isEmpty();
        steps(1);
        assertThat(refusal(2)).isEqualTo(Cause.WAITED);
        steps(10);
        assertThat(refusal(3)).isEqualTo(Cause.WAITED);
    }

    @Test
    void whatWaitsForOthersAsItsBatcherWantsItToDoesNotCount() {
        batcher(SECOND, BatchOptions.defaults().withMaxWait(Duration.ofMinutes(1)));
        submit(1);
        steps(1_000);
        assertThat(answers).isEmpty();
        assertThat(batcher.counters().queued()).isOne();
        steps(200 + HUNG_STEPS); // nobody has come for it, though it is due
        assertThat(refusal(1)).isEqualTo(Cause.WAITED);
    }

    @Test
    void oneGroupIsNotRefusedForAnother() {
        batcher(SECOND, BatchOptions.defaults());
        submit(1);
        submit(1_001);
        work();
        submit(2);
        steps(HUNG_STEPS - 10);
        submit(1_002);
        steps(10);
        assertThat(refusal(2)).isEqualTo(Cause.WAITED);
        assertThat(batcher.counters().queued()).isOne();
        end();
        end();
        end();
        assertThat(answers).containsEntry(1_001, 1_001).containsEntry(1_002, 1_002);
        assertThat(batcher.groups()).isZero();
    }

    /** Each item asks once how much time has been lost, at the start. */
    @Test
    void nothingIsKeptBeforeTheOldestHasWaitedForHalfOfThePatience() {
        batcher(SECOND, BatchOptions.defaults());
        submit(1);
        work();
        submit(2);
        steps(10); // there now
        assertThat(asked).hasValue(3);
        end(); // nothing waits any more
        asked.set(0);
        submit(3);
        steps(9);
        assertThat(asked).hasValue(1);
        steps(1);
        assertThat(asked).hasValueGreaterThan(1);
    }

    @Test
    void nothingIsAskedWithoutALimit() {
        batcher(QueueTimeLimit.none(), BatchOptions.defaults());
        submit(1);
        work();
        submit(2);
        steps(1_000);
        end();
        end();
        assertThat(asked).hasValue(0);
        assertThat(answers).isEqualTo(Map.of(1, 1, 2, 2));
    }
}
