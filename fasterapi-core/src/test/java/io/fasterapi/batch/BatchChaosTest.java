package io.fasterapi.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.test.Faults;
import io.fasterapi.test.HandOver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/** One fault at each hand-over of a batcher: every caller is told, and nothing is kept. */
class BatchChaosTest {

    private static final int CALLERS = 40;

    private static final List<Supplier<Throwable>> KINDS =
            List.of(
                    () -> new OutOfMemoryError("injected"),
                    () -> new StackOverflowError("injected"),
                    () -> new IllegalStateException("injected"));

    private final Faults faults = new Faults();
    private final ExecutorService worker = Executors.newSingleThreadExecutor();
    private final AtomicInteger begun = new AtomicInteger();
    private volatile boolean never;
    private final Batcher<Integer, Integer> batcher =
            Batcher.create(
                    "faulty",
                    BatchOptions.defaults().withMaxSize(4).withMaxQueue(CALLERS),
                    this::call,
                    item -> {
                        faults.at(HandOver.BATCH_GROUP);
                        return item % 3;
                    },
                    (placement, group) ->
                            task -> {
                                faults.at(HandOver.BATCH_WORKER);
                                worker.execute(task);
                                faults.at(HandOver.BATCH_WORKER_TAKEN);
                            });

    static Stream<Arguments> faults() {
        return Stream.of(
                        HandOver.BATCH_GROUP,
                        HandOver.BATCH_WORKER,
                        HandOver.BATCH_WORKER_TAKEN,
                        HandOver.BATCH_FUNCTION,
                        HandOver.BATCH_RESULT,
                        HandOver.BATCH_CANCEL,
                        HandOver.CALLER_SUBSCRIBED,
                        HandOver.CALLER_NEXT,
                        HandOver.CALLER_ERROR,
                        HandOver.CALLER_COMPLETE,
                        HandOver.BATCH_REFUSAL)
                .flatMap(point -> KINDS.stream().map(kind -> Arguments.of(point, kind)));
    }

    @AfterEach
    void stop() {
        worker.shutdownNow();
    }

    private Mono<List<BatchResult<Integer>>> call(List<Integer> items) {
        faults.at(HandOver.BATCH_FUNCTION);
        begun.incrementAndGet();
        if (never) {
            return Mono.<List<BatchResult<Integer>>>never()
                    .doOnCancel(() -> faults.at(HandOver.BATCH_CANCEL));
        }
        return Mono.fromCallable(
                () -> {
                    faults.at(HandOver.BATCH_RESULT);
                    List<BatchResult<Integer>> results = new ArrayList<>();
                    for (int item : items) {
                        results.add(
                                item % 4 == 3
                                        ? BatchResult.failed(new IllegalStateException("odd"))
                                        : BatchResult.of(item % 4 == 2 ? null : item));
                    }
                    return results;
                });
    }

    @ParameterizedTest
    @MethodSource("faults")
    void everyCallerIsToldAndNothingIsKept(HandOver point, Supplier<Throwable> kind) {
        faults.arm(point, 1, kind);
        never = point == HandOver.BATCH_CANCEL;
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            Caller caller = new Caller();
            callers.add(caller);
            batcher.submit(i).subscribe(caller);
        }
        refuse();
        if (never) {
            await().until(() -> begun.get() == 3);
            never = false;
            callers.forEach(Caller::hangUp);
        }
        await().untilAsserted(() -> assertThat(callers).allMatch(Caller::isOver));
        await().until(() -> batcher.groups() == 0);
        assertThat(batcher.counters().queued()).isZero();
        assertThat(faults.fired()).isEqualTo(1);
        assertThat(begun.get()).isGreaterThanOrEqualTo(3);

        Caller next = new Caller();
        batcher.submit(1).subscribe(next);
        await().until(next::isOver);
        assertThat(next.values).containsExactly(1);
    }

    /** Comes to the listener of refusals, on a batcher that refuses everybody. */
    private void refuse() {
        Batcher<Integer, Integer> closed =
                Batcher.create(
                        "closed",
                        BatchOptions.defaults(),
                        BatchFunction.ofList(items -> items),
                        (placement, group) -> worker);
        closed.onRefused(cause -> faults.at(HandOver.BATCH_REFUSAL));
        closed.close();
        for (int i = 0; i < 3; i++) {
            List<Throwable> told = new ArrayList<>();
            closed.submit(i).subscribe(value -> {}, told::add);
            assertThat(told).singleElement().isInstanceOf(BatchRefusedException.class);
        }
    }

    /** Is told once, and may fail at it. */
    private final class Caller implements CoreSubscriber<Integer> {

        private final List<Integer> values = new CopyOnWriteArrayList<>();
        private volatile boolean over;
        private volatile Subscription subscription;

        boolean isOver() {
            return over;
        }

        void hangUp() {
            subscription.cancel();
            over = true;
        }

        @Override
        public void onSubscribe(Subscription given) {
            subscription = given;
            faults.at(HandOver.CALLER_SUBSCRIBED);
            given.request(1);
        }

        @Override
        public void onNext(Integer value) {
            values.add(value);
            over = true; // with its value, which is all that it will get if it fails now
            faults.at(HandOver.CALLER_NEXT);
        }

        @Override
        public void onError(Throwable failure) {
            over = true;
            faults.at(HandOver.CALLER_ERROR);
        }

        @Override
        public void onComplete() {
            over = true;
            faults.at(HandOver.CALLER_COMPLETE);
        }
    }
}
