package io.fasterapi.cores;

/** Runs the work of exchanges: a core one piece after the other, or threads for each exchange. */
public interface Worker {

    /** Returns whether the calling thread is the one that runs this worker's work. */
    boolean isCurrent();

    /**
     * Runs a continuation of admitted work, after those given before. Any thread; never refused.
     */
    void execute(Runnable continuation);
}
