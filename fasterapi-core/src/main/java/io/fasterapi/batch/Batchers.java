package io.fasterapi.batch;

import io.fasterapi.core.PauseDetector;
import io.fasterapi.core.QueueTimeLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The named batchers of an application. Thread-safe; usually filled at start-up. */
public final class Batchers implements AutoCloseable {

    /** Items wait for much longer than this before they are refused. */
    private static final long LOOK_NANOS = 50_000_000;

    private final BatchWorkers workers;
    private final BatchWaits waits;
    private final List<Batcher<?, ?>> batchers = new CopyOnWriteArrayList<>();
    private final List<Consumer<? super Batcher<?, ?>>> watchers = new ArrayList<>();
    private boolean closed;
    private long lookedAtNanos;

    /**
     * Creates an empty registry. Its batchers do not limit how long items wait.
     *
     * @param workers run the batches
     */
    public Batchers(BatchWorkers workers) {
        this(workers, BatchWaits.none());
    }

    /**
     * Creates an empty registry. A thread must call {@link #look} regularly.
     *
     * @param workers run the batches
     * @param limit how long items may wait under lasting overload
     * @param pauses the pauses of the JVM, which do not count as waiting
     */
    public Batchers(BatchWorkers workers, QueueTimeLimit limit, PauseDetector pauses) {
        this(workers, BatchWaits.of(limit, pauses::totalNanos, System::nanoTime));
    }

    Batchers(BatchWorkers workers, BatchWaits waits) {
        this.workers = workers;
        this.waits = waits;
        this.lookedAtNanos = waits.nowNanos();
    }

    /**
     * Creates a batcher.
     *
     * @param name its name in messages and meters
     * @throws IllegalStateException if a batcher has that name already, or the registry is closed
     */
    public <I, O> Batcher<I, O> create(
            String name, BatchOptions options, BatchFunction<I, O> function) {
        return add(new Batcher<>(name, options, function, null, workers, waits));
    }

    /**
     * Creates a batcher with groups. Each of its batches holds items of one group only.
     *
     * @param name its name in messages and meters
     * @param groups returns an item's group, a value with {@code equals} and {@code hashCode}
     * @throws IllegalStateException if a batcher has that name already, or the registry is closed
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

    /** Returns the batchers in the order of their creation. */
    public List<Batcher<?, ?>> all() {
        return List.copyOf(batchers);
    }

    /** Calls the consumer for each batcher, now and whenever one is created. */
    public synchronized void watch(Consumer<? super Batcher<?, ?>> watcher) {
        batchers.forEach(watcher);
        watchers.add(watcher);
    }

    /** Closes every batcher. Waiting items are handled; new ones are refused. */
    @Override
    public synchronized void close() {
        closed = true;
        batchers.forEach(Batcher::close);
    }

    /**
     * Refuses items that have waited too long, even if the batch before them never ends. Call it
     * every few milliseconds from one thread. It never waits.
     */
    public void look() {
        long now = waits.nowNanos();
        if (waits.limit() != null && now - lookedAtNanos >= LOOK_NANOS) {
            lookedAtNanos = now;
            batchers.forEach(Batcher::look);
        }
    }
}
