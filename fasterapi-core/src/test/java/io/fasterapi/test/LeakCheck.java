package io.fasterapi.test;

import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Fails a test run that leaked a reference-counted resource. Registered as a service, runs once at
 * the end of the test JVM, on the thread that closes the launcher session.
 */
public final class LeakCheck implements LauncherSessionListener {

    private static final int COLLECTIONS = 5;

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        collect();
        List<String> leaks = FailingLeakDetector.leaks();
        if (!leaks.isEmpty()) {
            throw new AssertionError("leaks: " + leaks.size() + " (expected: 0); see LEAK above");
        }
    }

    private static void collect() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            pause();
            ByteBufAllocator.DEFAULT.heapBuffer().release();
            ByteBufAllocator.DEFAULT.directBuffer().release();
            FailingLeakDetector.flush();
        }
    }

    /** The reference handler is a thread of its own: give it time to enqueue. */
    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
