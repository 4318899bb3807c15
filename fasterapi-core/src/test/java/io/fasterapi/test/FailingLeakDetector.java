package io.fasterapi.test;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakTracker;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Netty's leak detector for the test JVM: prints every leak and remembers it, so that {@link
 * LeakCheck} can fail the build. Netty creates one per resource class (see the system property
 * {@code io.netty.customResourceLeakDetector}); reports arrive on whichever thread next allocates.
 */
public final class FailingLeakDetector<T> extends ResourceLeakDetector<T> {

    private static final Queue<FailingLeakDetector<?>> DETECTORS = new ConcurrentLinkedQueue<>();
    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

    /** Called by Netty, by reflection. */
    public FailingLeakDetector(Class<?> resourceType, int samplingInterval) {
        super(resourceType, samplingInterval);
        DETECTORS.add(this);
    }

    /** Netty looks for this older form as well, and logs a stack trace where it is missing. */
    public FailingLeakDetector(Class<?> resourceType, int samplingInterval, long maxActive) {
        this(resourceType, samplingInterval);
    }

    /** The leaks reported so far, oldest first. */
    static List<String> leaks() {
        return List.copyOf(LEAKS);
    }

    /**
     * Makes every detector report what the garbage collector has found since its last allocation.
     */
    static void flush() {
        DETECTORS.forEach(FailingLeakDetector::poll);
    }

    @Override
    protected boolean needReport() {
        return true;
    }

    @Override
    protected void reportTracedLeak(String resourceType, String records) {
        record(resourceType + records);
    }

    @Override
    protected void reportUntracedLeak(String resourceType) {
        record(resourceType + " (no records)");
    }

    /** A detector looks at its reference queue when the next resource is tracked. */
    @SuppressWarnings("unchecked")
    private void poll() {
        T nothing = (T) new Object();
        ResourceLeakTracker<T> tracker = track(nothing);
        if (tracker != null) {
            tracker.close(nothing);
        }
    }

    private static void record(String leak) {
        LEAKS.add(leak);
        System.err.println("LEAK: " + leak);
    }
}
