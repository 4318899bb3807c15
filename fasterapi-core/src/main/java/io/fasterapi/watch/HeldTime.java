package io.fasterapi.watch;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much of the time that passes a thread can be blamed for. Made by that thread, then used by
 * one other alone.
 */
class HeldTime {

    /*
     * A thread that is ready to run now may have been so for any part of the time since the last
     * look, so only the CPU that it used is its own. One that waits for something has itself to
     * blame, but not for what it spent on the run queue. State and queue time are Linux's
     * (proc(5): stat, schedstat); elsewhere all of the time counts.
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

    /** Closes what it reads; from then on all of the time counts. */
    void close() {
        ready.close();
        RandomAccessFile opened = state;
        if (opened != null) {
            try {
                opened.close();
            } catch (IOException none) {
                // It was only read.
            }
        }
    }

    /** Time begins to count from here. */
    void begin() {
        ready.begin();
        cpuNanos = cpu();
    }

    /**
     * Returns how much of the time since the last call, or since {@link #begin}, counts.
     *
     * @param passedNanos what has passed since then
     */
    long nanos(long passedNanos) {
        long queued = ready.queuedNanos();
        long before = cpuNanos;
        begin();
        long own = Math.max(0, passedNanos - queued);
        return READS_CPU && isReady() ? Math.min(own, cpuNanos - before) : own;
    }

    /**
     * Returns how much of the time since the last call, or since {@link #begin}, the thread waited
     * for something other than a CPU, if that is what it does now; else 0.
     *
     * @param passedNanos what has passed since then
     */
    long waitedNanos(long passedNanos) {
        long queued = ready.queuedNanos();
        long before = cpuNanos;
        begin();
        boolean runs = state == null ? thread.getState() == Thread.State.RUNNABLE : isReady();
        return runs ? 0 : Math.max(0, passedNanos - queued - (cpuNanos - before));
    }

    /**
     * Returns whether the JVM has the thread wait, or it has ended. One that waits by itself is
     * within a native method, for a socket, or not runnable at all: a class that another thread
     * initialises, and a safepoint, are waited for in the midst of Java code.
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

    /** Returns whether the thread runs or could run; false if that is not known. */
    private boolean isReady() {
        RandomAccessFile opened = state;
        if (opened == null) {
            return false;
        }
        try {
            opened.seek(0);
            int end = opened.read(text) - 2;
            while (end > 0 && text[end] != ')') { // of the thread's name
                end--;
            }
            return end > 0 && text[end + 2] == 'R';
        } catch (IOException gone) {
            return false;
        }
    }
}
