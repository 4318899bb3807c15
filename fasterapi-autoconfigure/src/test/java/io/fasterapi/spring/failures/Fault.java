package io.fasterapi.spring.failures;

import java.io.IOException;
import java.util.function.Supplier;
import reactor.core.Exceptions;

/** What an application may be made to throw; {@link #NONE} is nothing. */
public enum Fault {
    NONE(() -> new AssertionError("NONE is not thrown")),
    STACK(() -> new StackOverflowError("fault")),
    LINKAGE(() -> new NoClassDefFoundError("fault")),
    MEMORY(() -> new OutOfMemoryError("fault")),
    INTERNAL(() -> new InternalError("fault")),
    DEATH(() -> new ThreadDeath()),
    ASSERTION(() -> new AssertionError("fault")),
    /** What Reactor throws at its caller as it does errors of the JVM. */
    BUBBLING(() -> Exceptions.bubble(new IllegalStateException("fault"))),
    STATE(() -> new IllegalStateException("fault")),
    CHECKED(() -> new IOException("fault"));

    private final Supplier<Throwable> made;

    Fault(Supplier<Throwable> made) {
        this.made = made;
    }

    /** Returns a new one. */
    Throwable make() {
        return made.get();
    }

    /** What a batch handler may group its items by: throws, or returns this. */
    Fault group() {
        return or(this);
    }

    /** Throws, or returns what is given. */
    <T> T or(T value) {
        if (this == NONE) {
            return value;
        }
        throw raise(make());
    }

    /** Throws it, checked exceptions too. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException raise(Throwable failure) throws E {
        throw (E) failure;
    }
}
