package io.fasterapi.cores;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value of which every core of a group has its own. Each instance is made, read and changed on
 * its core's thread alone, so it needs neither locks nor volatile fields; it lives as long as this
 * object, also when the cores are stopped and started again.
 *
 * <p>What all cores hold is read with {@link HandlerCores#gather}: {@code cores.gather(() ->
 * Map.copyOf(local.get()))}.
 */
public final class CoreLocal<T> {

    private final HandlerCores cores;
    private final Supplier<? extends T> first;

    /** By the core's index; each element belongs to that core's thread. */
    private final @Nullable Object[] values;

    /**
     * Creates the local; no instance is made yet.
     *
     * @param cores the cores that each get an instance
     * @param first makes one, on the core's thread when that asks for the first time; must not
     *     return null
     */
    public CoreLocal(HandlerCores cores, Supplier<? extends T> first) {
        this.cores = cores;
        this.first = Objects.requireNonNull(first, "first");
        this.values = new Object[cores.options().count()];
    }

    /**
     * Returns the instance of the core whose thread is calling.
     *
     * @throws IllegalStateException if the caller is not on a thread of these cores
     */
    @SuppressWarnings("unchecked") // nothing but first puts values there
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
