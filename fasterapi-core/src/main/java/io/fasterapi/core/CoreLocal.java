package io.fasterapi.core;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value of which each core has its own instance. The core's thread creates, reads and changes its
 * instance, and no other thread touches it. So the instance needs neither locks nor volatile
 * fields. It lives as long as this object, also across a stop and a start of the cores.
 *
 * <p>To read the instances of all cores, use {@link HandlerCores#gather}: {@code cores.gather(() ->
 * Map.copyOf(local.get()))}.
 */
public final class CoreLocal<T> {

    private final HandlerCores cores;
    private final Supplier<? extends T> first;

    /** One instance per core index. Each element belongs to that core's thread. */
    private final @Nullable Object[] values;

    /**
     * Creates the core-local. No instance is created yet.
     *
     * @param cores the cores that each get an instance
     * @param first creates an instance, on the core's thread at its first {@link #get}; must not
     *     return null
     */
    public CoreLocal(HandlerCores cores, Supplier<? extends T> first) {
        this.cores = cores;
        this.first = Objects.requireNonNull(first, "first");
        this.values = new Object[cores.options().count()];
    }

    /**
     * Returns the instance of the calling core.
     *
     * @throws IllegalStateException if the calling thread is not one of these cores
     */
    @SuppressWarnings("unchecked") // only `first` puts values there
    public T get() {
        HandlerCore core = HandlerCore.current();
        if (core == null || !cores.owns(core)) {
            throw new IllegalStateException(
                    "CoreLocal.get: called on the thread "
                            + Thread.currentThread().getName()
                            + " (expected: a handler core, "
                            + cores.options().threadName()
                            + "0 to "
                            + (values.length - 1)
                            + ")");
        }
        Object value = values[core.index()];
        if (value == null) {
            value = Objects.requireNonNull(first.get(), "first: returned null");
            values[core.index()] = value;
        }
        return (T) value;
    }
}
