package io.fasterapi.watchdog;

import java.io.IOException;
import java.io.RandomAccessFile;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long a platform thread was ready to run but had no CPU, as Linux counts it. The
 * measured thread creates it; then one thread owns it, any one.
 */
public final class ReadyTime {

    /*
     * The source is /proc/<pid>/task/<tid>/schedstat (Documentation/scheduler/sched-stats). Its
     * second number is the time on the run queue, its third how often the thread got a CPU. A
     * thread that got no CPU in between has not waited for anything: if it stood still, its CPU
     * did, which the host of a virtual machine may cause. The measured thread opens the file, and
     * it is read from the beginning each time. Without the file nothing is known.
     */
    private static final String FILE = "/proc/thread-self/schedstat";

    private final @Nullable RandomAccessFile file;
    private final byte[] text = new byte[64];
    private long readyNanos;
    private long turns;
    private long readyBefore;
    private long turnsBefore;

    private ReadyTime(@Nullable RandomAccessFile file) {
        this.file = file;
    }

    /** Opens the counters of the calling thread. */
    public static ReadyTime ofThisThread() {
        try {
            return new ReadyTime(new RandomAccessFile(FILE, "r"));
        } catch (IOException | RuntimeException none) {
            return new ReadyTime(null);
        }
    }

    /** A call begins. */
    public void begin() {
        if (read()) {
            readyBefore = readyNanos;
            turnsBefore = turns;
        }
    }

    /**
     * Returns how many nanoseconds since {@link #begin} the thread had no CPU without waiting for
     * anything else, or 0 if that is unknown.
     *
     * @param wallNanos the time since then
     */
    public long nanos(long wallNanos) {
        if (!read()) {
            return 0;
        }
        return turns == turnsBefore ? wallNanos : readyNanos - readyBefore;
    }

    /** Returns how many nanoseconds the thread was ready without a CPU since {@link #begin}. */
    public long queuedNanos() {
        return read() ? readyNanos - readyBefore : 0;
    }

    /** Returns how many nanoseconds the thread was ready without a CPU so far; 0 if unknown. */
    public long totalNanos() {
        read();
        return readyNanos;
    }

    /** Closes the file. After that nothing is known. */
    void close() {
        RandomAccessFile opened = file;
        if (opened != null) {
            try {
                opened.close();
            } catch (IOException none) {
                // The file was only read.
            }
        }
    }

    private boolean read() {
        RandomAccessFile opened = file;
        if (opened == null) {
            return false;
        }
        try {
            opened.seek(0);
            return parse(opened.read(text));
        } catch (IOException gone) {
            return false;
        }
    }

    private boolean parse(int length) {
        long[] numbers = new long[3];
        int at = 0;
        for (int i = 0; i < length; i++) {
            if (text[i] == ' ') {
                at++;
            } else if (at < numbers.length && text[i] >= '0' && text[i] <= '9') {
                numbers[at] = 10 * numbers[at] + (text[i] - '0');
            }
        }
        readyNanos = numbers[1];
        turns = numbers[2];
        return at == 2;
    }
}
