package io.fasterapi.samples.quickstart.compare;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * The CPU time of this JVM's Java threads, without those of the client. The threads of the garbage
 * collector and of the compiler are no Java threads: their time is not in it. A thread that ends
 * between two readings is lost. Used by one thread at a time.
 */
final class ServerCpu {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final LongPredicate isClient;

    /**
     * Creates the meter.
     *
     * @param isClient tells by its id whether a thread belongs to the client
     */
    ServerCpu(LongPredicate isClient) {
        this.isClient = isClient;
    }

    /** Returns whether this JVM can tell. */
    static boolean isSupported() {
        return THREADS.isThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled();
    }

    /** Returns what each thread has used so far, in nanoseconds. */
    Map<Long, Long> read() {
        Map<Long, Long> used = new HashMap<>();
        for (long id : THREADS.getAllThreadIds()) {
            long nanos = isClient.test(id) ? -1 : THREADS.getThreadCpuTime(id);
            if (nanos >= 0) {
                used.put(id, nanos);
            }
        }
        return used;
    }

    /** Returns what all of them have used since, in nanoseconds. */
    long nanosSince(Map<Long, Long> before) {
        long sum = 0;
        for (Map.Entry<Long, Long> now : read().entrySet()) {
            sum += now.getValue() - before.getOrDefault(now.getKey(), 0L);
        }
        return sum;
    }
}
