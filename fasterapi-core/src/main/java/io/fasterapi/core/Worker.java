package io.fasterapi.core;

/**
 * Runs the work of exchanges: a core runs all of its work one after the other, a thread worker runs
 * one exchange.
 */
public interface Worker {

    /** Returns whether the calling thread runs this worker's work now. */
    boolean isCurrent();

    /**
     * Runs a continuation of admitted work, after the ones added before. Any thread may call it. It
     * is never refused.
     */
    void execute(Runnable continuation);
}
