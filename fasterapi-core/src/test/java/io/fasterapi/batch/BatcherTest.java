package io.fasterapi.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.batch.BatchRefusedException.Cause;
import io.fasterapi.http.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** What becomes a batch, and what becomes of it, one step at a time. */
class BatcherTest {

    private final Queue<Runnable> worker = new ConcurrentLinkedQueue<>();
    private final List<List<Integer>> batches = new ArrayList<>();
    private final Map<Integer, Object> answers = new ConcurrentHashMap<>();
    private Batcher<Integer, Integer> batcher;

    private void batcher(BatchOptions options) {
        batcher(options, BatchFunction.ofList(items -> items));
    }

    private void batcher(BatchOptions options, BatchFunction<Integer, Integer> function) {
        batcher =
                Batcher.create(
                        "steps",
                        options,
                        items -> {
                            batches.add(List.copyOf(items));
                            return function.call(items);
                        },
                        (placement, group) -> worker::add);
    }

    private Disposable submit(int item) {
        return submit(item, batcher.submit(item));
    }

    private Disposable submit(int item, Mono<Integer> submitted) {
        return submitted.subscribe(
                value -> answers.put(item, value), failure -> answers.put(item, failure));
    }

    private void work() {
        Runnable task;
        while ((task = worker.poll()) != null) {
            task.run();
        }
    }

    private Cause refusal(int item) {
        return ((BatchRefusedException) answers.get(item)).reason();
    }

    @Test
    void whatQueuesWhileABatchIsUnderWayIsTheNextOne() {
        Sinks.One<List<Integer>> first = Sinks.one();
        batcher(
                BatchOptions.defaults(),
                BatchFunction.ofMono(
                        items -> items.get(0) == 1 ? first.asMono() : Mono.just(items)));
        submit(1);
        work();
        submit(2);
        submit(3).dispose();
        submit(4);
        work();
        assertThat(batches).containsExactly(List.of(1));
        assertThat(batcher.counters().queued()).isEqualTo(2);

        first.tryEmitValue(List.of(1));
        work();
        assertThat(batches).containsExactly(List.of(1), List.of(2, 4));
        assertThat(answers).isEqualTo(Map.of(1, 1, 2, 2, 4, 4));
        assertThat(batcher.counters().cancelled()).isOne();
        assertThat(batcher.counters().queued()).isZero();
    }

    @Test
    void itemsWaitForOthersUntilABatchIsFull() {
        batcher(BatchOptions.defaults().withMaxSize(3).withMaxWait(Duration.ofMinutes(1)));
        submit(1);
        submit(2).dispose();
        submit(3);
        assertThat(worker).isEmpty();
        submit(4);
        work();
        assertThat(batches).containsExactly(List.of(1, 3, 4));
    }

    @Test
    void itemsWaitForOthersNoLongerThanTheyMay() {
        batcher(BatchOptions.defaults().withMaxWait(Duration.ofMillis(20)));
        submit(1);
        await().until(() -> !worker.isEmpty());
        work();
        assertThat(answers).containsEntry(1, 1);
        submit(2);
        await().until(() -> !worker.isEmpty());
        work();
        assertThat(answers).containsEntry(2, 2);
    }

    @Test
    void whatIsOverdueIsNotHandled() {
        batcher(BatchOptions.defaults());
        submit(1);
        submit(2, batcher.submit(2).contextWrite(Deadline.after(Duration.ZERO)::in));
        work();
        assertThat(batches).containsExactly(List.of(1));
        assertThat(refusal(2)).isEqualTo(Cause.DEADLINE);
        assertThat(batcher.counters().expired()).isOne();
    }

    @Test
    void moreThanMayWaitAreRefused() {
        batcher(BatchOptions.defaults().withMaxQueue(2));
        submit(1);
        submit(2);
        submit(3);
        assertThat(refusal(3)).isEqualTo(Cause.QUEUE_FULL);
        work();
        submit(4);
        work();
        assertThat(batches).containsExactly(List.of(1, 2), List.of(4));
        assertThat(batcher.counters().refused()).isOne();
    }

    /** What they leave in the queue is swept out: it is not bounded by what may wait. */
    @Test
    void thoseThatComeAndGoLeaveRoom() {
        Sinks.One<List<Integer>> first = Sinks.one();
        batcher(
                BatchOptions.defaults().withMaxQueue(2),
                BatchFunction.ofMono(
                        items -> items.get(0) == 0 ? first.asMono() : Mono.just(items)));
        submit(0);
        work();
        for (int i = 1; i <= 100; i++) {
            submit(i).dispose();
        }
        submit(101);
        first.tryEmitValue(List.of(0));
        work();
        assertThat(batches).containsExactly(List.of(0), List.of(101));
        assertThat(batcher.counters().refused()).isZero();
    }

    /** Else a worker would be called for it again and again. */
    @Test
    void whatTheLastCallerLeavesBehindIsNoBatch() {
        Sinks.One<List<Integer>> first = Sinks.one();
        batcher(
                BatchOptions.defaults(),
                BatchFunction.ofMono(
                        items -> items.get(0) == 0 ? first.asMono() : Mono.just(items)));
        submit(0);
        work();
        submit(1);
        submit(2).dispose();
        first.tryEmitValue(List.of(0));
        for (int calls = 0; calls < 3 && !worker.isEmpty(); calls++) {
            worker.remove().run();
        }
        assertThat(batches).containsExactly(List.of(0), List.of(1));
        assertThat(worker).isEmpty();
    }

    @Test
    void idempotentItemsOfAFailedBatchAreTriedOneByOne() {
        batcher(
                BatchOptions.defaults().withIdempotent(true),
                BatchFunction.ofList(
                        items -> {
                            if (items.contains(2)) {
                                throw new IllegalStateException("meant");
                            }
                            return items;
                        }));
        submit(1);
        submit(2);
        submit(3);
        work();
        assertThat(batches).containsExactly(List.of(1, 2, 3), List.of(1), List.of(2), List.of(3));
        assertThat(answers).containsEntry(1, 1).containsEntry(3, 3);
        assertThat(answers.get(2)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aClosedBatcherHandlesWhatWaits() {
        batcher(BatchOptions.defaults());
        submit(1);
        batcher.close();
        submit(2);
        work();
        assertThat(answers).containsEntry(1, 1);
        assertThat(refusal(2)).isEqualTo(Cause.CLOSED);
    }

    @Test
    void unlikeItemsNeverShareABatch() {
        batcher =
                Batcher.create(
                        "groups",
                        BatchOptions.defaults(),
                        items -> {
                            batches.add(List.copyOf(items));
                            return BatchFunction.<Integer, Integer>ofList(all -> all).call(items);
                        },
                        item -> item % 2,
                        (placement, group) -> worker::add);
        for (int i = 1; i <= 4; i++) {
            submit(i);
        }
        work();
        submit(5);
        work();
        assertThat(batches).containsExactlyInAnyOrder(List.of(1, 3), List.of(2, 4), List.of(5));
        assertThat(answers).hasSize(5);
    }
}
