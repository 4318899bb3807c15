package io.fasterapi.stream;

import java.util.ArrayDeque;
import java.util.Queue;

/** A core and an event loop that do what they have been given when the test says so. */
final class ManualHops implements HopTarget {

    private final Queue<Runnable> onWorker = new ArrayDeque<>();
    private final Queue<Runnable> onLoop = new ArrayDeque<>();

    @Override
    public void execute(Runnable continuation) {
        onWorker.add(continuation);
    }

    @Override
    public void ask(Runnable action) {
        onLoop.add(action);
    }

    /** Does all there is, and what comes of that. */
    void run() {
        while (!onWorker.isEmpty() || !onLoop.isEmpty()) {
            Queue<Runnable> next = onLoop.isEmpty() ? onWorker : onLoop;
            next.remove().run();
        }
    }
}
