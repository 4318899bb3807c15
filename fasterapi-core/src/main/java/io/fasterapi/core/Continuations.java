package io.fasterapi.core;

import io.fasterapi.watchdog.Activity;
import java.util.Queue;
import reactor.util.concurrent.Queues;

/**
 * The continuations of one core: later work of requests that were admitted before, so it is never
 * refused. Any thread adds them; the core's thread runs them.
 */
final class Continuations {

    /*
     * The queue has no bound of its own, because its producers are bounded. An exchange on the core
     * has at most a few continuations here at a time: one per stream that it receives (for all data
     * that has come), one per stream that it sends (for all demand that has come), and one for its
     * cancellation. A batch has one per caller, and each caller's exchange was admitted. Tasks that
     * the application schedules on a core are bounded by the application, as on any scheduler.
     */

    /** The name under which the watchdog reports them. */
    static final String NAME = "continuation";

    /** The most continuations before the ring has its turn. */
    private static final int MOST = 256;

    private final Queue<Runnable> waiting = Queues.<Runnable>unboundedMultiproducer().get();
    private final HandlerCore core;
    private final CompletionBatch completionBatch;
    private final LongCalls longCalls;
    private final Activity activity;

    Continuations(HandlerCore core, CompletionBatch completionBatch, LongCalls longCalls) {
        this.core = core;
        this.completionBatch = completionBatch;
        this.longCalls = longCalls;
        this.activity = core.activity();
    }

    /** Adds a continuation. Any thread. */
    void offer(Runnable continuation) {
        waiting.offer(continuation);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Returns how many continuations wait. Any thread. */
    int size() {
        return waiting.size();
    }

    /** Runs up to MOST waiting continuations. The core's thread only. */
    void drain(long nowNanos) {
        int done = 0;
        long began = nowNanos;
        Runnable next;
        while (done < MOST && (next = waiting.poll()) != null) {
            done++;
            if (!completionBatch.isEmpty() && longCalls.mayBe(NAME)) {
                completionBatch.flush();
            }
            activity.begin(NAME);
            runGuarded(next);
            activity.end(null);
            long now = System.nanoTime();
            longCalls.took(NAME, now - began);
            began = now;
        }
        core.counters().continued(done);
    }

    /** Runs all continuations, also those that they add. On the thread that ends the core. */
    void runAll() {
        Runnable next;
        while ((next = waiting.poll()) != null) {
            runGuarded(next);
            core.counters().continued(1);
        }
    }

    private void runGuarded(Runnable continuation) {
        try {
            continuation.run();
        } catch (Throwable ex) {
            core.logError("a continuation of a request failed", ex);
        }
    }
}
