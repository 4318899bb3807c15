package io.fasterapi.samples.quickstart;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * A handler that computes and one that blocks: what they take from their neighbours depends on
 * where they run.
 */
@RestController
class SlowController {

    private static final long CPU_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final int LONGEST_SLEEP_MILLIS = 1_000;

    private static final int STEPS_PER_CLOCK_READ = 10_000;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final LongSupplier cpuNanos;

    SlowController() {
        this(SlowController::cpuNanos);
    }

    /** With a clock of the caller's for the CPU that this thread has used. */
    SlowController(LongSupplier cpuNanos) {
        this.cpuNanos = cpuNanos;
    }

    /**
     * Computes until this thread has used 5 ms of CPU, however long that takes on the wall; a
     * virtual thread, whose CPU time cannot be read, for 5 ms.
     */
    @GetMapping("/slow/compute")
    Computation compute() {
        long start = cpuNanos.getAsLong();
        long value = start;
        long used;
        do {
            for (int i = 0; i < STEPS_PER_CLOCK_READ; i++) {
                value = value * 6364136223846793005L + 1442695040888963407L;
            }
            used = cpuNanos.getAsLong() - start;
        } while (used < CPU_NANOS);
        return new Computation(
                TimeUnit.NANOSECONDS.toMicros(used),
                Long.toHexString(value),
                Thread.currentThread().getName());
    }

    private static long cpuNanos() {
        long nanos = isVirtual() ? -1 : THREADS.getCurrentThreadCpuTime();
        return nanos < 0 ? System.nanoTime() : nanos;
    }

    private static boolean isVirtual() {
        return Thread.currentThread().getName().startsWith("fasterapi-virtual-");
    }

    /**
     * Blocks its thread, as a call of a driver without a reactive interface would; not to be
     * copied.
     *
     * @param millis how long, in milliseconds, to at most {@value #LONGEST_SLEEP_MILLIS}
     */
    @GetMapping("/slow/sleep")
    Rest sleep(@RequestParam(name = "ms", defaultValue = "100") int millis)
            throws InterruptedException {
        int bounded = Math.max(0, Math.min(millis, LONGEST_SLEEP_MILLIS));
        Thread.sleep(bounded);
        return new Rest(bounded, Thread.currentThread().getName());
    }

    record Rest(int millis, String thread) {}

    record Computation(long cpuMicros, String value, String thread) {}
}
