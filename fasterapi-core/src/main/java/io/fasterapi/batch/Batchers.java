package io.fasterapi.batch;

import io.fasterapi.cores.Pauses;
import io.fasterapi.cores.WaitLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The named batchers of an application, on its cores. Thread-safe; meant to be used at start-up.
 */
public final class Batchers implements AutoCloseable {

    /** What waits for too long does so for much longer. */
    private static final long LOOK_NANOS = 50_000_000;

    private final BatchWorkers workers;
    private final BatchWaits waits;
    private final List<Batcher<?, ?>> batchers = new CopyOnWriteArrayList<>();
    private final List<Consumer<? super Batcher<?, ?>>> watchers = new ArrayList<>();
    private boolean closed;
    private long lookedAtNanos;

    /**
     * Creates an empty registry, in whose batchers items may wait for any time.
     *
     * @param workers run the batches
     */
    public Batchers(BatchWorkers workers) {
        this(workers, BatchWaits.none());
    }

    /**
     * Creates an empty registry; somebody has to {@link #look}.
     *
     * @param workers run the batches
     * @param limits how long items may wait under lasting overload
     * @param pauses what does not count as waiting
     */
    public Batchers(BatchWorkers workers, WaitLimits limits, Pauses pauses) {
        this(workers, BatchWaits.of(limits, pauses::totalNanos, System::nanoTime));
    }

    Batchers(BatchWorkers workers, BatchWaits waits) {
        this.workers = workers;
        this.waits = waits;
        this.lookedAtNanos = waits.nowNanos();
    }

    /**
     * Creates a batcher.
     *
     * @param name names it in messages and meters
     * @throws IllegalStateException if there is a batcher of that name, or the registry is closed
     */
    public <I, O> Batcher<I, O> create(
            String name, BatchOptions options, BatchFunction<I, O> function) {
        return add(new Batcher<>(name, options, function, null, workers, waits));
    }

    /**
     * Creates a batcher whose batches hold items of one group each.
     *
     * @param name names it in messages and meters
     * @param groups returns an item's group, with {@code equals} and {@code hashCode}
     * @throws IllegalStateException if there is a batcher of that name, or the registry is closed
     */
    public <I, O> Batcher<I, O> create(
            String name,
            BatchOptions options,
            BatchFunction<I, O> function,
            Function<? super I, ? extends @Nullable Object> groups) {
        return add(new Batcher<>(name, options, function, groups, workers, waits));
    }

    private synchronized <I, O> Batcher<I, O> add(Batcher<I, O> batcher) {
        if (closed) {
            throw new IllegalStateException(
                    batcher + ": created after the Batchers were closed (expected: before)");
        }
        if (batchers.stream().anyMatch(known -> known.name().equals(batcher.name()))) {
            throw new IllegalStateException(batcher + ": exists already (expected: another name)");
        }
        batchers.add(batcher);
        watchers.forEach(watcher -> watcher.accept(batcher));
        return batcher;
    }

    /** Returns the batchers in the order in which they were created. */
    public List<Batcher<?, ?>> all() {
        return List.copyOf(batchers);
    }

    /** Calls a consumer for each batcher, those that are created later included. */
    public synchronized void watch(Consumer<? super Batcher<?, ?>> watcher) {
        batchers.forEach(watcher);
        watchers.add(watcher);
    }

    /** Closes every batcher: what waits is handled, what comes is refused. */
    @Override
    public synchronized void close() {
        closed = true;
        batchers.forEach(Batcher::close);
    }

    /**
     * Refuses what has waited for too long, also where the batch before it never ends. To be called
     * every few milliseconds, by one thread; waits for nothing.
     */
    public void look() {
        long now = waits.nowNanos();
        if (waits.limits() != null && now - lookedAtNanos >= LOOK_NANOS) {
            lookedAtNanos = now;
            batchers.forEach(Batcher::look);
        }
    }
}
