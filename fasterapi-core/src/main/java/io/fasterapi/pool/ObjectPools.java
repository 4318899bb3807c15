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
 * The named pools of an application, with capacities from its configuration. Thread-safe; meant to
 * be used at start-up.
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
     * @param capacities the capacity for each pool's name
     */
    public ObjectPools(Function<String, PoolCapacity> capacities) {
        this.capacities = capacities;
    }

    /**
     * Creates a pool of objects that need no reset.
     *
     * @param name lower-case letters, digits and hyphens, for example {@code json-buffers}
     * @param factory makes an object; called by threads that find none idle
     * @throws IllegalArgumentException if the name is none
     * @throws IllegalStateException if there is a pool of that name, or the registry is closed
     */
    public <T> ObjectPool<T> create(String name, Supplier<? extends T> factory) {
        return create(name, factory, options -> {});
    }

    /**
     * Creates a pool.
     *
     * @param name lower-case letters, digits and hyphens, for example {@code json-buffers}
     * @param factory makes an object; called by threads that find none idle
     * @param options sets hooks; a capacity set here wins over the configured one
     * @throws IllegalArgumentException if the name is none
     * @throws IllegalStateException if there is a pool of that name, or the registry is closed
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

    /** Returns the pools there are, in the order of their creation. */
    public synchronized List<ObjectPool<?>> pools() {
        return List.copyOf(pools.values());
    }

    /** Tells of each pool there is, and of each that is created later. For meters. */
    public synchronized void watch(Consumer<? super ObjectPool<?>> watcher) {
        pools.values().forEach(watcher);
        watchers.add(watcher);
    }

    /** Closes every pool; none can be created any more. */
    @Override
    public synchronized void close() {
        closed = true;
        pools.values().forEach(ObjectPool::close);
    }
}
