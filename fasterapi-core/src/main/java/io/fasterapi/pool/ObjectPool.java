package io.fasterapi.pool;

import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A pool of objects that are expensive to make. Thread-safe: any thread may acquire an object, and
 * another thread may release it. No call waits. If no object is idle, a new one is made; if there
 * is no room for a released one, it is discarded.
 *
 * <p>Prefer {@link #use}, which always releases. A release throws for an object of another pool,
 * and for a second release unless another thread has acquired the object in between.
 *
 * <p>Memory: a pool keeps at most {@code perThread} idle objects for each live event loop and
 * handler core, and {@code shared} objects for all threads, and needs about 100 bytes more for each
 * object, idle or in use. It refers weakly to objects in use: one that is never released is
 * garbage-collected and counted as lost.
 *
 * @param <T> the pooled type; objects are told apart by identity, {@code equals} is never called
 */
public final class ObjectPool<T> implements AutoCloseable {

    /*
     * There are two levels. Netty's threads (event loops, handler cores) are few and live long.
     * Each has a stack of its own, last in, first out: the next object is warm in the cache, and no
     * other thread contends for it. All other threads (virtual, elastic, the user's) use the shared
     * queue only. The queue also takes what does not fit into a stack and fills an empty stack. So
     * objects flow from a thread that only releases to one that only acquires. The queue is
     * lock-free (M. Michael, M. Scott, 1996: java.util.concurrent), bounded by a counter, and costs
     * one node per object. Magazines (J. Bonwick, J. Adams, 2001) would only keep more memory for
     * so few objects.
     * A container does not decide who owns an object. The state of its entry does (PoolEntry). If
     * two threads find the same entry, the one whose compare-and-set succeeds gets it.
     * A hash map finds the entry of an object by identity, from its making to its end. So users
     * hold the object itself, and an object of another pool is noticed. A reuse reads the map once,
     * at the release, without a lock and on Netty's threads without garbage. Making or discarding
     * an object writes the map.
     * A close sets its flag first and empties the containers second. A release puts its entry into
     * a container, makes it idle by a volatile store, and reads the flag last. So at least one of
     * the two sees the other (Dekker's argument).
     */
    private final String name;
    private final Supplier<? extends T> factory;
    private final Consumer<? super T> reset;
    private final Predicate<? super T> fit;
    private final Consumer<? super T> discarded;
    private final PoolCapacity capacity;

    private final Map<Object, PoolEntry<T>> entries = new ConcurrentHashMap<>();
    private final ReferenceQueue<T> collected = new ReferenceQueue<>();
    private final SharedQueue<T> shared;
    private final PoolTally<T> tally = new PoolTally<>();
    private final FastThreadLocal<LocalStack<T>> stacks =
            new FastThreadLocal<>() {
                @Override
                protected LocalStack<T> initialValue() {
                    LocalStack<T> stack = new LocalStack<>(capacity().perThread());
                    tally.add(stack);
                    return stack;
                }

                @Override
                protected void onRemoval(LocalStack<T> stack) {
                    abandon(stack);
                }
            };
    private volatile boolean closed;

    private ObjectPool(Builder<T> builder) {
        this.name = builder.name;
        this.factory = builder.factory;
        this.reset = builder.reset;
        this.fit = builder.fit;
        this.discarded = builder.discarded;
        this.capacity = builder.capacity;
        this.shared = new SharedQueue<>(capacity.shared());
    }

    /**
     * Starts a builder.
     *
     * @param name its name in messages and meters
     * @param factory makes an object; runs on the thread that finds none idle
     */
    public static <T> Builder<T> builder(String name, Supplier<? extends T> factory) {
        return new Builder<>(name, factory);
    }

    /** Returns the name. */
    public String name() {
        return name;
    }

    /** Returns how many idle objects this pool keeps at most. */
    public PoolCapacity capacity() {
        return capacity;
    }

    /** Returns the counters of this pool. */
    public PoolCounters counters() {
        forgetCollected();
        return tally;
    }

    /**
     * Runs the action with an object and releases the object, even if the action throws.
     *
     * @throws IllegalStateException if the action returns the object itself
     * @throws E if the action throws it
     */
    public <R extends @Nullable Object, E extends Exception> R use(
            PooledAction<? super T, ? extends R, ? extends E> action) throws E {
        T object = acquire();
        R result;
        try {
            result = action.apply(object);
        } catch (Throwable ex) {
            try {
                release(object);
            } catch (RuntimeException | Error second) {
                ex.addSuppressed(second);
            }
            throw ex;
        }
        if (result == object) {
            PoolEntry<T> entry = beginReturn(local(), object);
            giveUp(entry, object);
            throw misuse(object, "returned by its user", "kept inside use()");
        }
        release(object);
        return result;
    }

    /**
     * Returns an idle object, or a new one if none is idle. The caller owns it until it releases
     * it.
     *
     * @throws RuntimeException if the factory throws it
     */
    public T acquire() {
        LocalStack<T> stack = local();
        T object = stack == null ? null : stack.take();
        if (object == null) {
            object = shared.take();
        }
        if (object == null) {
            return create();
        }
        if (stack == null) {
            tally.hit();
        } else {
            stack.hit();
        }
        return object;
    }

    /**
     * Returns an object to the pool. The caller must not use it any more.
     *
     * @throws IllegalStateException if the object is not from this pool or is not in use
     * @throws RuntimeException if a hook throws it; the object is discarded then
     */
    public void release(T object) {
        Objects.requireNonNull(object, "object");
        LocalStack<T> stack = local();
        PoolEntry<T> entry = beginReturn(stack, object);
        boolean keep = false;
        try {
            if (!closed) {
                reset.accept(object);
                keep = fit.test(object);
            }
        } finally {
            if (!keep) {
                giveUp(entry, object);
            }
        }
        if (keep) {
            keep(stack, entry, object);
        }
    }

    private PoolEntry<T> beginReturn(@Nullable LocalStack<T> stack, T object) {
        PoolEntry<T> entry = find(stack, object);
        if (entry == null) {
            throw misuse(object, "released", "acquired from this pool, and not yet discarded");
        }
        if (!entry.beginReturn()) {
            throw misuse(object, "released", "in use, but it was released before");
        }
        if (stack == null) {
            tally.returned();
        } else {
            stack.returned();
        }
        return entry;
    }

    private void keep(@Nullable LocalStack<T> stack, PoolEntry<T> entry, T object) {
        if (stack != null && stack.push(entry)) {
            entry.keep(object);
        } else if (shared.reserve()) {
            entry.keep(object);
            shared.add(entry);
        } else {
            giveUp(entry, object);
            return;
        }
        if (closed) {
            drain();
        }
    }

    private @Nullable LocalStack<T> local() {
        return Thread.currentThread() instanceof FastThreadLocalThread ? stacks.get() : null;
    }

    private @Nullable PoolEntry<T> find(@Nullable LocalStack<T> stack, T object) {
        PoolEntry.Key key = stack == null ? new PoolEntry.Key() : stack.key;
        PoolEntry<T> entry = entries.get(key.of(object));
        key.clear();
        return entry;
    }

    private T create() {
        forgetCollected();
        T object = Objects.requireNonNull(factory.get(), () -> "made by the factory of " + this);
        if (find(null, object) != null) {
            throw misuse(object, "made by the factory", "a new object each time");
        }
        PoolEntry<T> entry = new PoolEntry<>(object, collected);
        entries.put(entry, entry);
        tally.missed();
        return object;
    }

    private void giveUp(PoolEntry<T> entry, T object) {
        entry.drop();
        forget(entry, object);
    }

    /** Removes an object whose entry is in its last state. */
    private void forget(PoolEntry<T> entry, T object) {
        entries.remove(entry);
        tally.gaveUp();
        discarded.accept(object);
    }

    /** Counts objects that were garbage-collected without a release. */
    private void forgetCollected() {
        Reference<? extends T> entry = collected.poll();
        while (entry != null) {
            if (entries.remove(entry) != null) {
                tally.lostOne();
            }
            entry = collected.poll();
        }
    }

    /** Gives the objects of a thread that ends to the shared queue. On that thread. */
    private void abandon(LocalStack<T> stack) {
        tally.retire(stack);
        PoolEntry<T> entry = stack.pop();
        while (entry != null) {
            if (!closed && shared.reserve()) {
                shared.add(entry);
            } else {
                end(entry);
            }
            entry = stack.pop();
        }
        if (closed) {
            drain();
        }
    }

    /**
     * Discards the idle objects and all that are released from now on. Acquiring makes new ones.
     */
    @Override
    public void close() {
        closed = true;
        VarHandle.fullFence();
        drain();
    }

    private void drain() {
        PoolEntry<T> entry = shared.poll();
        while (entry != null) {
            end(entry);
            entry = shared.poll();
        }
        for (LocalStack<T> stack : tally.stacks()) {
            for (int place = 0; place < stack.capacity(); place++) {
                PoolEntry<T> idle = stack.peek(place);
                if (idle != null) {
                    end(idle);
                }
            }
        }
    }

    private void end(PoolEntry<T> entry) {
        T object = entry.takeForGood();
        if (object != null) {
            forget(entry, object);
        }
    }

    private IllegalStateException misuse(T object, String happened, String expected) {
        return new IllegalStateException(
                "pool "
                        + name
                        + ": "
                        + object.getClass().getName()
                        + "@"
                        + Integer.toHexString(System.identityHashCode(object))
                        + " was "
                        + happened
                        + " (expected: "
                        + expected
                        + ")");
    }

    @Override
    public String toString() {
        return "pool " + name + " " + capacity;
    }

    /**
     * Builds a pool. One thread uses it.
     *
     * <p>Hooks run on the thread that acquires or releases, outside of any lock. They must not
     * block a thread that must not be blocked.
     *
     * @param <T> the pooled type
     */
    public static final class Builder<T> {

        private final String name;
        private final Supplier<? extends T> factory;
        private Consumer<? super T> reset = object -> {};
        private Predicate<? super T> fit = object -> true;
        private Consumer<? super T> discarded = object -> {};
        private PoolCapacity capacity = PoolCapacity.defaults();

        private Builder(String name, Supplier<? extends T> factory) {
            this.name = Objects.requireNonNull(name, "name");
            this.factory = Objects.requireNonNull(factory, "factory");
        }

        /** Sets how many idle objects are kept. */
        public Builder<T> capacity(PoolCapacity most) {
            capacity = Objects.requireNonNull(most, "capacity");
            return this;
        }

        /**
         * Sets the hook that resets a released object, so that nothing of its last use is left. By
         * default nothing is reset.
         */
        public Builder<T> reset(Consumer<? super T> hook) {
            reset = Objects.requireNonNull(hook, "reset");
            return this;
        }

        /**
         * Sets the hook that tells, after the reset, whether an object is kept. By default all are.
         */
        public Builder<T> validate(Predicate<? super T> hook) {
            fit = Objects.requireNonNull(hook, "validate");
            return this;
        }

        /**
         * Sets the hook that frees what a discarded object holds besides memory. By default there
         * is none.
         */
        public Builder<T> onDiscard(Consumer<? super T> hook) {
            discarded = Objects.requireNonNull(hook, "onDiscard");
            return this;
        }

        /** Builds the pool. It makes its first object when one is acquired. */
        public ObjectPool<T> build() {
            return new ObjectPool<>(this);
        }
    }
}
