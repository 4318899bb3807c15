package io.fasterapi.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The named batchers of an application, on its cores. Thread-safe; meant to be used at start-up.
 */
public final class Batchers implements AutoCloseable {

    private final BatchWorkers workers;
    private final Map<String, Batcher<?, ?>> batchers = new LinkedHashMap<>();
    private final List<Consumer<? super Batcher<?, ?>>> watchers = new ArrayList<>();
    private boolean closed;

    /**
     * Creates an empty registry.
     *
     * @param workers run the batches
     */
    public Batchers(BatchWorkers workers) {
        this.workers = workers;
    }

    /**
     * Creates a batcher.
     *
     * @param name names it in messages and meters
     * @throws IllegalStateException if there is a batcher of that name, or the registry is closed
     */
    public <I, O> Batcher<I, O> create(
            String name, BatchOptions options, BatchFunction<I, O> function) {
        return add(new Batcher<>(name, options, function, null, workers));
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
        return add(new Batcher<>(name, options, function, groups, workers));
    }

    private synchronized <I, O> Batcher<I, O> add(Batcher<I, O> batcher) {
        if (closed) {
            throw new IllegalStateException(batcher + ": the registry is closed");
        }
        if (batchers.putIfAbsent(batcher.name(), batcher) != null) {
            throw new IllegalStateException(batcher + ": there is one of that name already");
        }
        watchers.forEach(watcher -> watcher.accept(batcher));
        return batcher;
    }

    /** Returns the batchers in the order in which they were created. */
    public synchronized List<Batcher<?, ?>> all() {
        return List.copyOf(batchers.values());
    }

    /** Calls a consumer for each batcher, those that are created later included. */
    public synchronized void watch(Consumer<? super Batcher<?, ?>> watcher) {
        batchers.values().forEach(watcher);
        watchers.add(watcher);
    }

    /** Closes every batcher: what waits is handled, what comes is refused. */
    @Override
    public synchronized void close() {
        closed = true;
        batchers.values().forEach(Batcher::close);
    }
}
