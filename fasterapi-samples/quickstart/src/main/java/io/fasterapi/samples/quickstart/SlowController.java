package io.fasterapi.samples.quickstart;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A handler that computes: what it takes from its neighbours depends on where it runs. */
@RestController
class SlowController {

    private static final long CPU_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final int STEPS_PER_CLOCK_READ = 10_000;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    /** Computes until this thread has used 5 ms of CPU, however long that takes on the wall. */
    @GetMapping("/slow/compute")
    Computation compute() {
        long start = threads.getCurrentThreadCpuTime();
        long value = start;
        long used;
        do {
            for (int i = 0; i < STEPS_PER_CLOCK_READ; i++) {
                value = value * 6364136223846793005L + 1442695040888963407L;
            }
            used = threads.getCurrentThreadCpuTime() - start;
        } while (used < CPU_NANOS);
        return new Computation(
                TimeUnit.NANOSECONDS.toMicros(used),
                Long.toHexString(value),
                Thread.currentThread().getName());
    }

    record Computation(long cpuMicros, String value, String thread) {}
}
