package io.fasterapi.core;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A future for which no event loop and no core may wait. An event loop may owe the core the very
 * wake-up that it would wait for; a core would wait for itself. The same holds for all futures
 * derived from it. Thread-safe.
 */
final class UnblockingFuture<T extends @Nullable Object> extends CompletableFuture<T> {

    private final BooleanSupplier onEventLoop;

    /**
     * Creates an unfinished future.
     *
     * @param onEventLoop tells whether the calling thread is an event loop that publishes to cores
     */
    UnblockingFuture(BooleanSupplier onEventLoop) {
        this.onEventLoop = onEventLoop;
    }

    @Override
    public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
        return new UnblockingFuture<>(onEventLoop);
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        requireMayWait();
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        requireMayWait();
        return super.get(timeout, unit);
    }

    @Override
    public T join() {
        requireMayWait();
        return super.join();
    }

    private void requireMayWait() {
        if (!isDone() && (HandlerCore.current() != null || onEventLoop.getAsBoolean())) {
            throw new IllegalStateException(
                    "gather: its result was waited for on the thread "
                            + Thread.currentThread().getName()
                            + ", which must not block (expected: thenAccept or"
                            + " Mono.fromFuture, or a thread that may block)");
        }
    }
}
