package io.fasterapi.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.batch.BatchRefusedException.Cause;
import io.fasterapi.core.CoreOptions;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.core.QueueTimeLimit;
import io.fasterapi.core.ThreadWorkers;
import io.fasterapi.core.WaitMode;
import io.fasterapi.http.Deadline;
import io.fasterapi.placement.Placement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/** Random arrivals, cancellations and functions of all kinds: every caller is answered once. */
class BatcherRandomTest {

    private static final int ITEMS = 34_000; // times three sets of options
    private static final int CALLERS = 4;
    private static final int MAX_SIZE = 32;
    private static final Object GONE = "gone";

    private final HandlerCores cores =
            new HandlerCores(new CoreOptions(2, 1024, WaitMode.PARK, false, "batch-test-"));
    private final ThreadWorkers threads = ThreadWorkers.pooled();
    private final AtomicReferenceArray<Object> outcomes = new AtomicReferenceArray<>(ITEMS);
    private final AtomicInteger twice = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
    private final Map<Object, AtomicInteger> underWay = new ConcurrentHashMap<>();
    private final Map<Object, Map<Integer, Integer>> lastTurns = new ConcurrentHashMap<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger waited = new AtomicInteger();
    private volatile boolean held;
    private int concurrency;
    private boolean grouped;
    private boolean ordered;

    @BeforeEach
    void start() {
        cores.start();
    }

    @AfterEach
    void stop() {
        cores.stop(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @CsvSource({"CORE, false, 1, false", "CORE, true, 1, true", "VIRTUAL, true, 3, false"})
    void answersEveryCallerOnce(
            Placement placement, boolean groups, int batches, boolean idempotent) throws Exception {
        answersEveryCallerOnce(placement, groups, batches, idempotent, BatchWaits.none());
    }

    /** Looks, workers and callers meet at what is refused. */
    @ParameterizedTest
    @CsvSource({"CORE, false, 1", "VIRTUAL, true, 3"})
    void soItIsWhereWhatHasWaitedForTooLongIsRefused(
            Placement placement, boolean groups, int batches) throws Exception {
        QueueTimeLimit limit = new QueueTimeLimit(Duration.ofMillis(1));
        answersEveryCallerOnce(
                placement,
                groups,
                batches,
                false,
                BatchWaits.of(limit, moment -> 0, System::nanoTime));
        assertThat(waited).hasPositiveValue();
    }

    private void answersEveryCallerOnce(
            Placement placement, boolean groups, int batches, boolean idempotent, BatchWaits waits)
            throws Exception {
        concurrency = batches;
        grouped = groups;
        ordered = batches == 1 && !idempotent; // a failed batch comes once more
        BatchOptions options =
                BatchOptions.defaults()
                        .withMaxSize(MAX_SIZE)
                        .withMaxQueue(4096)
                        .withConcurrency(batches)
                        .withIdempotent(idempotent)
                        .withPlacement(placement);
        Batchers batchers = new Batchers(BatchWorkers.of(cores, threads), waits);
        Batcher<Item, Integer> batcher =
                grouped
                        ? batchers.create("random", options, this::handle, this::groupKey)
                        : batchers.create("random", options, this::handle);

        batcher.onRefused(this::countRefused);
        held = waits.limit() != null;
        Disposable looks =
                Schedulers.single()
                        .schedulePeriodically(batcher::look, 0, 200, TimeUnit.MICROSECONDS);
        submitAll(batcher);

        await().atMost(Duration.ofSeconds(30)).until(() -> unanswered() == 0);
        assertThat(twice).hasValue(0);
        assertThat(faults).isEmpty();
        Map<String, Integer> kinds = new HashMap<>();
        for (int i = 0; i < ITEMS; i++) {
            kinds.merge(kindOf(i, outcomes.get(i)), 1, Integer::sum);
        }
        assertThat(kinds).doesNotContainKey("foreign").containsKeys("own", "failed", "gone");
        assertThat(batcher.counters().refused()).isEqualTo(refused.get());
        await().until(() -> batcher.counters().queued() == 0);
        await().until(() -> batcher.groups() == 0);
        looks.dispose();
        await().until(() -> underWay.values().stream().allMatch(count -> count.get() == 0));
        assertThat(batcher.submit(new Item(-1, 0, 0, false)).block(Duration.ofSeconds(5)))
                .isEqualTo(-1);
    }

    private void countRefused(Cause cause) {
        refused.incrementAndGet();
        if (cause == Cause.WAITED) {
            waited.incrementAndGet();
        }
    }

    private void submitAll(Batcher<Item, Integer> batcher) throws InterruptedException {
        List<Thread> callers = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            int first = caller;
            callers.add(new Thread(() -> submit(batcher, first)));
        }
        callers.forEach(Thread::start);
        for (Thread caller : callers) {
            caller.join(TimeUnit.MINUTES.toMillis(1));
        }
    }

    private void submit(Batcher<Item, Integer> batcher, int caller) {
        Random random = new Random(caller);
        int turn = 0;
        for (int id = caller; id < ITEMS; id += CALLERS) {
            Item item = new Item(id, caller, turn++, random.nextInt(200) == 0);
            Caller waiting = new Caller(id, random.nextInt(50) == 0);
            if (random.nextInt(4) == 0) {
                cores.any().execute(() -> batcher.submit(item.unordered()).subscribe(waiting));
            } else {
                batcher.submit(item).subscribe(waiting);
            }
            if (random.nextInt(20) == 0) {
                waiting.leave();
            }
            if (batcher.counters().queued() > 2000) {
                pause(random.nextInt(300));
            }
        }
    }

    private Object groupKey(Item item) {
        if (item.id % 997 == 5) {
            throw new AssertionError("no group for " + item.id);
        }
        return groupOf(item);
    }

    private static Object groupOf(Item item) {
        return item.id % 7;
    }

    /** One kind of misbehaviour after the other, by chance. */
    private Mono<List<BatchResult<Integer>>> handle(List<Item> items) {
        Object group = grouped ? groupOf(items.get(0)) : "all";
        check(group, items);
        while (held && waited.get() == 0) {
            pause(1_000);
        }
        AtomicBoolean left = new AtomicBoolean(); // a result and a cancellation may meet
        Runnable leave = () -> leave(group, left);
        int kind = items.get(0).id < 0 ? 99 : ThreadLocalRandom.current().nextInt(60);
        if (kind == 0) {
            leave.run();
            throw new IllegalStateException("thrown");
        } else if (kind == 1) {
            leave.run();
            throw new AssertionError("an Error");
        } else if (kind == 2) {
            leave.run();
            return null;
        } else if (kind == 3) {
            pause(2_000);
        }
        return answer(kind, items).doOnTerminate(leave).doOnCancel(leave);
    }

    private static Mono<List<BatchResult<Integer>>> answer(int kind, List<Item> items) {
        return switch (kind) {
            case 4 -> Mono.empty();
            case 5 -> Mono.just(results(items).subList(1, items.size()));
            case 6 ->
                    Mono.<List<BatchResult<Integer>>>error(new IllegalStateException("later"))
                            .delaySubscription(Duration.ofMillis(1));
            case 7 -> Mono.<List<BatchResult<Integer>>>never().timeout(Duration.ofMillis(3));
            case 8, 9, 10, 11, 12 ->
                    Mono.fromSupplier(() -> results(items)).subscribeOn(Schedulers.parallel());
            default -> Mono.fromSupplier(() -> results(items));
        };
    }

    private static List<BatchResult<Integer>> results(List<Item> items) {
        List<BatchResult<Integer>> results = new ArrayList<>();
        for (Item item : items) {
            results.add(
                    item.fails
                            ? BatchResult.failed(new IllegalArgumentException("own " + item.id))
                            : BatchResult.of(item.id));
        }
        return results;
    }

    private void check(Object group, List<Item> items) {
        int now = underWay.computeIfAbsent(group, key -> new AtomicInteger()).incrementAndGet();
        if (now > concurrency) {
            faults.add(now + " batches at a time in " + group);
        }
        if (items.size() > MAX_SIZE) {
            faults.add("too many: " + items.size());
        }
        if (grouped && items.stream().anyMatch(item -> !groupOf(item).equals(group))) {
            faults.add("mixed: " + items);
        }
        if (ordered) {
            Map<Integer, Integer> last = lastTurns.computeIfAbsent(group, key -> new HashMap<>());
            for (Item item : items) {
                Integer before = item.turn < 0 ? null : last.put(item.caller, item.turn);
                if (before != null && before >= item.turn) {
                    faults.add(item + " after " + before + " in " + group);
                }
            }
        }
    }

    private void leave(Object group, AtomicBoolean left) {
        if (left.compareAndSet(false, true)) {
            underWay.get(group).decrementAndGet();
        }
    }

    private int unanswered() {
        int count = 0;
        for (int i = 0; i < ITEMS; i++) {
            count += outcomes.get(i) == null ? 1 : 0;
        }
        return count;
    }

    private static String kindOf(int id, Object outcome) {
        if (outcome == GONE) {
            return "gone";
        }
        if (outcome instanceof Integer value) {
            return value == id ? "own" : "foreign";
        }
        if (outcome instanceof IllegalArgumentException own) {
            return own.getMessage().equals("own " + id) ? "failed" : "foreign";
        }
        if (outcome.equals("nothing")) {
            return "foreign";
        }
        return outcome instanceof BatchRefusedException ? "refused" : "failed with its batch";
    }

    private static void pause(int micros) {
        java.util.concurrent.locks.LockSupport.parkNanos(micros * 1000L);
    }

    private record Item(int id, int caller, int turn, boolean fails) {

        Item unordered() {
            return new Item(id, caller, -1, fails);
        }
    }

    /** Waits for one answer; asks for it at once or a little later. */
    private final class Caller implements CoreSubscriber<Integer> {

        private final int id;
        private final boolean late;
        private volatile Subscription subscription = Operators.emptySubscription();

        Caller(int id, boolean late) {
            this.id = id;
            this.late = late;
        }

        @Override
        public Context currentContext() {
            return id % 501 == 3
                    ? Deadline.after(Duration.ofMillis(id % 2)).in(Context.empty())
                    : Context.empty();
        }

        @Override
        public void onSubscribe(Subscription given) {
            subscription = given;
            if (late) {
                Schedulers.parallel().schedule(() -> given.request(1), 200, TimeUnit.MICROSECONDS);
            } else {
                given.request(1);
            }
        }

        @Override
        public void onNext(Integer value) {
            ended(value);
            if (id % 701 == 2) {
                throw new IllegalStateException("a caller that throws");
            }
        }

        @Override
        public void onComplete() {
            if (outcomes.get(id) == null) {
                ended("nothing");
            }
        }

        @Override
        public void onError(Throwable failure) {
            ended(failure);
        }

        void leave() {
            subscription.cancel();
            ended(GONE);
        }

        private void ended(Object outcome) {
            Object before = outcomes.getAndSet(id, outcome);
            if (before != null && before != GONE && outcome != GONE) {
                twice.incrementAndGet();
            }
        }
    }
}
