package io.fasterapi.cores;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A future that lets no event loop and no core wait for it: the one may owe a core the wake-up that
 * it would wait for, the other would wait for itself. So do the futures derived from it.
 */
final class UnblockingFuture<T extends @Nullable Object> extends CompletableFuture<T> {

    private final BooleanSupplier onEventLoop;

    /**
     * Creates an unfinished one.
     *
     * @param onEventLoop whether the calling thread is an event loop that publishes to cores
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
