package io.fasterapi.pool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The named object pools of an application, with their configured capacities. Thread-safe; usually
 * filled at start-up.
 */
public final class ObjectPools implements AutoCloseable {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private final Function<String, PoolCapacity> capacities;
    private final Map<String, ObjectPool<?>> pools = new LinkedHashMap<>();
    private final List<Consumer<? super ObjectPool<?>>> watchers = new ArrayList<>();
    private boolean closed;

    /**
     * Creates an empty registry.
     *
     * @param capacities returns the capacity for a pool's name
     */
    public ObjectPools(Function<String, PoolCapacity> capacities) {
        this.capacities = capacities;
    }

    /**
     * Creates a pool of objects that need no reset.
     *
     * @param name lower-case letters, digits and hyphens, for example {@code json-buffers}
     * @param factory makes an object; runs on the thread that finds none idle
     * @throws IllegalArgumentException if the name has other characters
     * @throws IllegalStateException if a pool has that name already, or the registry is closed
     */
    public <T> ObjectPool<T> create(String name, Supplier<? extends T> factory) {
        return create(name, factory, options -> {});
    }

    /**
     * Creates a pool with hooks.
     *
     * @param name lower-case letters, digits and hyphens, for example {@code json-buffers}
     * @param factory makes an object; runs on the thread that finds none idle
     * @param options sets the hooks; a capacity set here replaces the configured one
     * @throws IllegalArgumentException if the name has other characters
     * @throws IllegalStateException if a pool has that name already, or the registry is closed
     */
    public synchronized <T> ObjectPool<T> create(
            String name,
            Supplier<? extends T> factory,
            Consumer<? super ObjectPool.Builder<T>> options) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name: " + name + " (expected: lower-case letters, digits and hyphens)");
        }
        if (closed) {
            throw new IllegalStateException(
                    "pool "
                            + name
                            + ": created after the ObjectPools were closed (expected: before)");
        }
        if (pools.containsKey(name)) {
            throw new IllegalStateException(
                    "pool " + name + ": exists already (expected: another name)");
        }
        ObjectPool.Builder<T> builder = ObjectPool.builder(name, factory);
        builder.capacity(capacities.apply(name));
        options.accept(builder);
        ObjectPool<T> pool = builder.build();
        pools.put(name, pool);
        watchers.forEach(watcher -> watcher.accept(pool));
        return pool;
    }

    /** Returns the pools in the order of their creation. */
    public synchronized List<ObjectPool<?>> pools() {
        return List.copyOf(pools.values());
    }

    /** Calls the consumer for each pool, now and whenever one is created. Meters use it. */
    public synchronized void watch(Consumer<? super ObjectPool<?>> watcher) {
        pools.values().forEach(watcher);
        watchers.add(watcher);
    }

    /** Closes every pool. No pool can be created any more. */
    @Override
    public synchronized void close() {
        closed = true;
        pools.values().forEach(ObjectPool::close);
    }
}
