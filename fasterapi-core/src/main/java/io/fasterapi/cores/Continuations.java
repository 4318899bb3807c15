package io.fasterapi.cores;

import io.fasterapi.watch.Activity;
import java.util.Queue;
import reactor.util.concurrent.Queues;

/**
 * What comes back to one core: work that was admitted before, and so is never refused. Filled by
 * any thread, drained by the core's.
 */
final class Continuations {

    /*
     * The queue is bounded by those who fill it. An exchange that has begun on the core has at most
     * a few continuations here at a time: one for each stream that arrives for it, which brings all
     * that has arrived by then, one for each that it sends, which asks for all that is wanted by
     * then, and its cancellation. A batch has one for each of its callers, whose exchanges were
     * admitted. What the application itself schedules on a core is bounded by the application, as
     * on any scheduler.
     */

    /** What the watchdog calls them. */
    static final String NAME = "continuation";

    /** Continuations after which the ring has its turn. */
    private static final int MOST = 256;

    private final Queue<Runnable> waiting = Queues.<Runnable>unboundedMultiproducer().get();
    private final HandlerCore core;
    private final HandBack handBack;
    private final LongCalls longCalls;
    private final Activity activity;

    Continuations(HandlerCore core, HandBack handBack, LongCalls longCalls) {
        this.core = core;
        this.handBack = handBack;
        this.longCalls = longCalls;
        this.activity = core.activity();
    }

    /** Queues one. Any thread. */
    void offer(Runnable continuation) {
        waiting.offer(continuation);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Counts those that wait. Any thread. */
    int size() {
        return waiting.size();
    }

    /** Runs what waits; the core's thread only. */
    void drain(long nowNanos) {
        int done = 0;
        long began = nowNanos;
        Runnable next;
        while (done < MOST && (next = waiting.poll()) != null) {
            done++;
            if (!handBack.isEmpty() && longCalls.mayBe(NAME)) {
                handBack.flush();
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

    /** Runs all of them and what they leave behind, by whoever ends the core. */
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
