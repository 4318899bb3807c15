package io.fasterapi.core;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One question to all cores. Each core's thread writes its own answer; the last one completes the
 * result.
 */
final class Gathering<T extends @Nullable Object> {

    private final Supplier<? extends T> question;
    private final @Nullable Object[] answers;

    /** Decremented after each answer. The thread that reaches zero sees all answers. */
    private final AtomicInteger missing;

    private final CompletableFuture<List<T>> result;

    Gathering(int count, Supplier<? extends T> question, BooleanSupplier onEventLoop) {
        this.result = new UnblockingFuture<>(onEventLoop);
        this.question = question;
        this.answers = new Object[count];
        this.missing = new AtomicInteger(count);
    }

    CompletableFuture<List<T>> result() {
        return result;
    }

    /**
     * Answers for a core. It runs as a continuation of the core, or on the thread that has found
     * the core stopped.
     */
    @SuppressWarnings("unchecked") // every answer is a T, and the list is unmodifiable
    void ask(HandlerCore core) {
        if (!core.isCurrent()) {
            stopped(core);
            return;
        }
        try {
            answers[core.index()] = question.get();
        } catch (Throwable ex) {
            result.completeExceptionally(ex);
            return;
        }
        if (missing.decrementAndGet() == 0) {
            result.complete((List<T>) Collections.unmodifiableList(Arrays.asList(answers)));
        }
    }

    void stopped(HandlerCore core) {
        result.completeExceptionally(new CoreStoppedException(core.name()));
    }
}
