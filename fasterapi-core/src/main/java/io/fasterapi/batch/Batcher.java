package io.fasterapi.batch;

import io.fasterapi.batch.BatchRefusedException.Cause;
import io.fasterapi.log.SafeLog;
import io.fasterapi.placement.DrainEstimate;
import io.fasterapi.placement.DrainTime;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/**
 * Collects items of many callers and handles them with one call. Thread-safe. The function runs on
 * the batcher's workers.
 *
 * <p>A batch holds the items that queued while the previous batch was under way. So an item does
 * not wait if no batch is under way, unless {@link BatchOptions#maxWait} says so. Items are handled
 * in the order of their arrival. With groups, items of different groups never share a batch, and
 * each group has its own order. A caller that cancels, or whose {@link io.fasterapi.http.Deadline}
 * passes, takes its item out of the queue unless its batch has begun.
 */
public final class Batcher<I, O> {

    private static final System.Logger LOGGER = System.getLogger(Batcher.class.getName());

    private static final Object NO_GROUP = "none";

    private final String name;
    private final BatchOptions options;
    private final BatchFunction<I, O> function;
    private final @Nullable Function<? super I, ? extends @Nullable Object> groups;
    private final BatchWorkers workers;
    private final BatchWaits waits;
    private final BatchCounters counters = new BatchCounters();
    private final DrainTime drain = new DrainEstimate(counters::queued, counters::items);
    private final ConcurrentMap<Object, BatchLane<I, O>> lanes = new ConcurrentHashMap<>();
    private final BatchLane<I, O> only;
    private volatile Consumer<? super Cause> onRefused = cause -> {};
    private volatile boolean essential;
    private volatile boolean closed;

    /**
     * Creates a batcher.
     *
     * @param name its name in messages and meters
     * @param groups returns an item's group, a value with {@code equals} and {@code hashCode}; null
     *     if there is one group only
     * @param workers run its batches
     * @param waits how long items may wait
     */
    Batcher(
            String name,
            BatchOptions options,
            BatchFunction<I, O> function,
            @Nullable Function<? super I, ? extends @Nullable Object> groups,
            BatchWorkers workers,
            BatchWaits waits) {
        this.name = name;
        this.options = options;
        this.function = function;
        this.groups = groups;
        this.workers = workers;
        this.waits = waits;
        this.only = new BatchLane<>(this, null);
    }

    /** Creates a batcher on Reactor's schedulers. */
    public static <I, O> Batcher<I, O> create(
            String name, BatchOptions options, BatchFunction<I, O> function) {
        return create(name, options, function, BatchWorkers.schedulers());
    }

    /** Creates a batcher on the given workers. */
    public static <I, O> Batcher<I, O> create(
            String name, BatchOptions options, BatchFunction<I, O> function, BatchWorkers workers) {
        return new Batcher<>(name, options, function, null, workers, BatchWaits.none());
    }

    /**
     * Creates a batcher on the given workers. Each of its batches holds items of one group only.
     *
     * @param groups returns an item's group, a value with {@code equals} and {@code hashCode}
     */
    public static <I, O> Batcher<I, O> create(
            String name,
            BatchOptions options,
            BatchFunction<I, O> function,
            Function<? super I, ? extends @Nullable Object> groups,
            BatchWorkers workers) {
        return new Batcher<>(name, options, function, groups, workers, BatchWaits.none());
    }

    /**
     * Returns the result of an item. Each subscription submits the item anew.
     *
     * @return the result, empty if it is null; fails with the function's failure, or with a {@link
     *     BatchRefusedException}
     */
    public Mono<O> submit(I item) {
        Objects.requireNonNull(item, "item");
        return new Mono<O>() {
            @Override
            public void subscribe(CoreSubscriber<? super O> caller) {
                accept(item, caller);
            }
        };
    }

    /** Returns the batcher's name. */
    public String name() {
        return name;
    }

    /** Returns the options of this batcher. */
    public BatchOptions options() {
        return options;
    }

    /** Returns the counters of this batcher. */
    public BatchCounters counters() {
        return counters;
    }

    /**
     * Sets a listener that is told why an item is refused. It runs on any thread and must not
     * block.
     */
    public void onRefused(Consumer<? super Cause> listener) {
        onRefused = listener;
    }

    /**
     * Marks this batcher as essential: no item is refused because it has waited too long. Items are
     * still refused if the queue is full.
     */
    public void essential() {
        essential = true;
    }

    /** Refuses items from now on. Waiting items are still handled. */
    public void close() {
        closed = true;
    }

    private void accept(I item, CoreSubscriber<? super O> caller) {
        Object group;
        Submission<I, O> submission;
        try {
            group = groupOf(item);
            submission = new Submission<>(item, caller, counters, waits);
        } catch (Throwable ex) {
            Operators.error(caller, Submission.deliverable(ex));
            return;
        }
        if (closed || !counters.enter(options.maxQueue())) {
            Cause cause = closed ? Cause.CLOSED : Cause.QUEUE_FULL;
            countRefused(cause);
            Operators.error(caller, refused(cause));
            return;
        }
        try {
            caller.onSubscribe(submission);
            BatchLane<I, O> lane = enter(submission, group);
            submission.entered(lane);
            lane.begin();
        } catch (Throwable ex) {
            submission.failUnlessTaken(ex);
        }
    }

    /** Refuses an item that has waited too long, unless a batch or its caller has claimed it. */
    void refuseWaiting(Submission<I, O> submission) {
        BatchRefusedException refused = refused(Cause.WAITED); // made before the claim: it may fail
        if (submission.takeBack()) {
            countRefused(Cause.WAITED);
            submission.fail(refused);
        }
    }

    private void countRefused(Cause cause) {
        counters.refuse();
        try {
            onRefused.accept(cause);
        } catch (Throwable ex) {
            SafeLog.error(LOGGER, () -> this + ": the onRefused listener failed", ex);
        }
    }

    BatchRefusedException refused(Cause cause) {
        return new BatchRefusedException(name, cause, drain.nanos());
    }

    /** Adds an item to its lane. The map makes creating, filling and dropping a lane atomic. */
    private BatchLane<I, O> enter(Submission<I, O> submission, @Nullable Object group) {
        if (group == null) {
            only.add(submission);
            return only;
        }
        return lanes.compute(
                group,
                (key, known) -> {
                    BatchLane<I, O> lane = known == null ? new BatchLane<>(this, key) : known;
                    lane.add(submission);
                    return lane;
                });
    }

    private @Nullable Object groupOf(I item) {
        if (groups == null) {
            return null;
        }
        Object group = groups.apply(item);
        return group == null ? NO_GROUP : group;
    }

    /** Drops the lane of a group if it is idle. So an idle group holds no memory. */
    void forget(Object group) {
        try {
            lanes.computeIfPresent(
                    group,
                    (key, lane) -> {
                        if (!lane.isIdle()) {
                            return lane;
                        }
                        lane.forgotten();
                        return null;
                    });
        } catch (Throwable ex) {
            SafeLog.error(LOGGER, () -> this + ": equals or hashCode of a group failed", ex);
        }
    }

    /** Looks for items that have waited too long. Cheap; called by one thread at a time. */
    void look() {
        if (!essential && counters.queued() > 0) {
            only.look();
            lanes.values().forEach(BatchLane::look);
        }
    }

    BatchWaits waits() {
        return waits;
    }

    /** Returns how many groups have waiting items or batches under way. */
    int groups() {
        return lanes.size();
    }

    Mono<List<BatchResult<O>>> call(List<I> items) {
        return Objects.requireNonNull(
                function.call(items), () -> "batcher " + name + ": the function returned null");
    }

    Executor workerOf(@Nullable Object group) {
        return workers.workerOf(options.placement(), group);
    }

    @Override
    public String toString() {
        return "batcher " + name;
    }
}
