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
 * Keeps objects that are dear to make for their next use. Thread-safe: any thread may acquire, and
 * an object may be released by another thread than the one that acquired it. Nothing here waits:
 * where no object is idle a new one is made, where there is no room for one it is discarded.
 *
 * <p>Prefer {@link #use}, which cannot forget to release. An object that is released twice, or that
 * this pool never made, is refused; a second release is noticed as long as nobody else has acquired
 * the object in between.
 *
 * <p>Memory: a pool holds at most {@code perThread} idle objects for each live event loop and
 * handler core and {@code shared} for all, and about 100 bytes of its own for each object idle or
 * in use. It holds objects in use weakly: one that is never released is collected like any other,
 * and counted as lost.
 *
 * @param <T> the pooled type; identity matters, {@code equals} is never called
 */
public final class ObjectPool<T> implements AutoCloseable {

    /*
     * Two levels. Netty's threads (event loops, handler cores) live long and are few: each has a
     * stack of its own, last in, first out, so that what is warm in the cache is used next, and
     * nothing there is contended. All others (virtual, elastic, the user's) use the shared queue
     * alone, which also takes what does not fit into a stack and feeds one that is empty: so objects
     * flow from a thread that only releases to one that only acquires. The queue is the lock-free
     * one of Michael and Scott (1996) in java.util.concurrent, bounded by a count of reservations.
     * It costs a node for each object that crosses. Magazines (Bonwick and Adams, 2001) would move
     * objects between the levels in batches; with the few objects here they would only keep more
     * memory.
     *
     * Neither container decides who owns an object: its entry's state does (PoolEntry). An entry
     * that were found twice, or that a closing pool takes out of another thread's stack, goes to
     * the thread whose compare-and-set succeeds.
     *
     * The entry of an object is found by its identity in a hash map, where it is from its making to
     * its end. So user code sees the object itself, needs no handle to release it, and a foreign
     * object is found out. A hit reads the map once, when it is released, without a lock and
     * without garbage on Netty's threads; a miss and a discard write it.
     *
     * A close sets its flag, then empties the containers. A release puts its entry into a container,
     * then makes it idle by a volatile store, then reads the flag: so one of the two, if not both,
     * sees the other (Dekker's argument).
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
     * Starts a pool.
     *
     * @param name for messages and meters
     * @param factory makes an object; called by threads that find none idle
     */
    public static <T> Builder<T> builder(String name, Supplier<? extends T> factory) {
        return new Builder<>(name, factory);
    }

    /** Returns the name. */
    public String name() {
        return name;
    }

    /** Returns how many idle objects are kept at most. */
    public PoolCapacity capacity() {
        return capacity;
    }

    /** Returns what this pool counts. */
    public PoolCounters counters() {
        forgetCollected();
        return tally;
    }

    /**
     * Does something with an object and releases it, also if the action fails: its hooks decide
     * whether it can be used again.
     *
     * @throws IllegalStateException if the action returns the object itself
     * @throws E what the action throws
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
     * Returns an object, an idle one if there is one. It is the caller's until it is released.
     *
     * @throws RuntimeException whatever the factory throws
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
     * Gives an object back. The caller must not touch it any more.
     *
     * @throws IllegalStateException if the object is not of this pool, or is not in use
     * @throws RuntimeException whatever a hook throws; the object is discarded then
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

    /** Ends an object whose state is settled. */
    private void forget(PoolEntry<T> entry, T object) {
        entries.remove(entry);
        tally.gaveUp();
        discarded.accept(object);
    }

    /** Notices objects that were collected without having been released. */
    private void forgetCollected() {
        Reference<? extends T> entry = collected.poll();
        while (entry != null) {
            if (entries.remove(entry) != null) {
                tally.lostOne();
            }
            entry = collected.poll();
        }
    }

    /** The thread of a stack ends: others may use what it leaves. On that thread. */
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
     * Discards what is idle, and from now on whatever is released. Acquiring goes on, with new
     * objects. A second call does nothing.
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
     * Collects what a pool is made of. Used by the one thread that builds it.
     *
     * <p>Hooks run on the thread that acquires or releases, outside of any lock; they must not
     * block where that thread must not.
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

        /** Makes a released object as good as new, so that nothing of its use stays. */
        public Builder<T> reset(Consumer<? super T> hook) {
            reset = Objects.requireNonNull(hook, "reset");
            return this;
        }

        /** Says, after its reset, whether an object is worth keeping; else it is discarded. */
        public Builder<T> validate(Predicate<? super T> hook) {
            fit = Objects.requireNonNull(hook, "validate");
            return this;
        }

        /** Frees what a discarded object holds besides memory. */
        public Builder<T> onDiscard(Consumer<? super T> hook) {
            discarded = Objects.requireNonNull(hook, "onDiscard");
            return this;
        }

        /** Builds the pool; it makes no object before the first is acquired. */
        public ObjectPool<T> build() {
            return new ObjectPool<>(this);
        }
    }
}
