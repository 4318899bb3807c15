package io.fasterapi.test;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Throws at one hand-over, once. Set by the test's thread, hit by any. */
public final class Faults {

    /** What may be thrown: errors of the JVM, and exceptions, checked ones too. */
    public static final List<Supplier<Throwable>> KINDS =
            List.of(
                    () -> new StackOverflowError("injected"),
                    () -> new OutOfMemoryError("injected"),
                    () -> new NoClassDefFoundError("injected"),
                    () -> new AssertionError("injected"),
                    () -> new IllegalStateException("injected"),
                    () -> new IOException("injected"));

    private volatile @Nullable HandOver armed;
    private volatile @Nullable Supplier<? extends Throwable> kind;
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger fired = new AtomicInteger();

    /**
     * Throws at a hand-over.
     *
     * @param hits how often it goes well before
     */
    public void arm(HandOver where, int hits, Supplier<? extends Throwable> what) {
        left.set(hits);
        kind = what;
        armed = where;
    }

    /** The code under test has come to a hand-over. */
    public void at(HandOver where) {
        Supplier<? extends Throwable> what = kind;
        if (where == armed && what != null && left.getAndDecrement() == 0) {
            fired.incrementAndGet();
            throw Faults.<RuntimeException>sneaky(what.get());
        }
    }

    /** Returns how often it has thrown. */
    public int fired() {
        return fired.get();
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X sneaky(Throwable failure) throws X {
        throw (X) failure;
    }
}
