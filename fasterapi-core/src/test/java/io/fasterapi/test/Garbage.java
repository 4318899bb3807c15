package io.fasterapi.test;

import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;

/** What nothing refers to any more. */
public final class Garbage {

    private Garbage() {}

    /** Has the JVM collect it, and waits until it has. */
    public static void collect() {
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        await().until(
                        () -> {
                            System.gc();
                            return garbage.get() == null;
                        });
    }
}
