package io.fasterapi.core;

/**
 * The queue of one core, and another core that takes over what waits there: both without their
 * threads, so that a stress test takes their steps. Here because these steps are no public API.
 */
public final class StressedQueue {

    private static final CoreOptions OPTIONS =
            new CoreOptions(1, 2, WaitMode.PARK, false, "stressed-queue-");
    private static final PauseDetector PAUSES = new PauseDetector();
    private static final HandlerCore OWN = new HandlerCore(0, OPTIONS, PAUSES);
    private static final HandlerCore OTHER = new HandlerCore(1, OPTIONS, PAUSES);
    private static final CoreQueue OTHERS = queueOf(OTHER);

    private final CoreQueue queue = queueOf(OWN);

    private static CoreQueue queueOf(HandlerCore core) {
        return new CoreQueue(core, OPTIONS, new LostTime(PAUSES), System::nanoTime);
    }

    /** Publishes into the ring, which has two slots; false if it is full. */
    public boolean publish(CoreTask task) {
        return queue.publish(task);
    }

    /** Drains as the core does until nothing is left. On one thread at a time. */
    public void drain() {
        OWN.activity().attach();
        while (!queue.isEmpty()) {
            queue.drain();
        }
    }

    /**
     * Takes over, as another core does that found this one stalled, however short its item is. On
     * one thread at a time.
     */
    public void rescue() {
        OTHER.activity().attach();
        OTHERS.rescue(queue);
    }

    /** Has what moves run by those threads. */
    public void useThreads(ThreadWorkers threads) {
        queue.moves().to(threads);
    }

    /** Gives all that may run on threads to them, as the monitor does while the core waits. */
    public void moveAway() {
        queue.moves().moveAway(true);
    }

    /** Returns whether a task was given the core itself, not the other. */
    public static boolean isOwn(Worker worker) {
        return worker == OWN;
    }
}
