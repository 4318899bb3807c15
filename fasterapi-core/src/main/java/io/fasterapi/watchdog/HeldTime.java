package io.fasterapi.watchdog;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Measures how much of the passing time a thread itself is responsible for. That thread creates it;
 * one other thread uses it.
 */
class HeldTime {

    /*
     * A thread that is ready to run may have been ready for any part of the time since the last
     * look. So only the CPU time that it used counts. A thread that waits is responsible for the
     * wait, but not for its time on the run queue. State and queue time come from Linux (proc(5):
     * stat, schedstat). On other systems all of the time counts.
     */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final boolean READS_CPU =
            THREADS.isThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled();

    private static final String STATE = "/proc/thread-self/stat";

    private final Thread thread = Thread.currentThread();
    private final ReadyTime ready = ReadyTime.ofThisThread();
    private final @Nullable RandomAccessFile state = open();
    private final byte[] text = new byte[128];
    private long cpuNanos;

    private static @Nullable RandomAccessFile open() {
        try {
            return new RandomAccessFile(STATE, "r");
        } catch (IOException | RuntimeException none) {
            return null;
        }
    }

    /** Closes the files. After that all of the time counts. */
    void close() {
        ready.close();
        RandomAccessFile opened = state;
        if (opened != null) {
            try {
                opened.close();
            } catch (IOException none) {
                // The file was only read.
            }
        }
    }

    /** Starts to count. */
    void begin() {
        ready.begin();
        cpuNanos = cpu();
    }

    /**
     * Returns how many nanoseconds count since the last call or {@link #begin}.
     *
     * @param passedNanos the time since then
     */
    long nanos(long passedNanos) {
        long queued = ready.queuedNanos();
        long before = cpuNanos;
        begin();
        long own = Math.max(0, passedNanos - queued);
        return READS_CPU && isReady() ? Math.min(own, cpuNanos - before) : own;
    }

    /**
     * Returns how many nanoseconds the thread has waited for something other than a CPU since the
     * last call or {@link #begin}. Returns 0 if it does not wait now.
     *
     * @param passedNanos the time since then
     */
    long waitedNanos(long passedNanos) {
        long queued = ready.queuedNanos();
        long before = cpuNanos;
        begin();
        boolean runs = state == null ? thread.getState() == Thread.State.RUNNABLE : isReady();
        return runs ? 0 : Math.max(0, passedNanos - queued - (cpuNanos - before));
    }

    /**
     * Returns whether the JVM makes the thread wait, or the thread has ended. A thread that waits
     * of its own accord is in a native method, for example for a socket, or is not runnable. A
     * thread that waits for a safepoint, or for another thread to initialise a class, is in the
     * middle of Java code.
     */
    boolean isOfTheJvm() {
        ThreadInfo info = THREADS.getThreadInfo(thread.getId(), Integer.MAX_VALUE);
        List<StackTraceElement> stack = info == null ? List.of() : List.of(info.getStackTrace());
        return info == null
                || stack.isEmpty()
                || (info.getThreadState() == Thread.State.RUNNABLE
                        && !stack.get(0).isNativeMethod())
                || Frames.isOfTheJvm(stack);
    }

    private long cpu() {
        return READS_CPU ? THREADS.getThreadCpuTime(thread.getId()) : 0;
    }

    /** Returns whether the thread runs or is ready to run. False if that is unknown. */
    private boolean isReady() {
        RandomAccessFile opened = state;
        if (opened == null) {
            return false;
        }
        try {
            opened.seek(0);
            int end = opened.read(text) - 2;
            while (end > 0 && text[end] != ')') { // the end of the thread's name
                end--;
            }
            return end > 0 && text[end + 2] == 'R';
        } catch (IOException gone) {
            return false;
        }
    }
}
