package io.fasterapi.watch;

import java.io.IOException;
import java.io.RandomAccessFile;
import org.jspecify.annotations.Nullable;

/**
 * How long a platform thread could have run but had no CPU, as Linux counts it. Made by the thread
 * that it is about, then owned by one thread, any.
 */
public final class ReadyTime {

    /*
     * The second and the third number of /proc/<pid>/task/<tid>/schedstat: time on the run queue,
     * and how often the thread was given a CPU (Documentation/scheduler/sched-stats). A thread that
     * was given none meanwhile has not waited for anything: if it stood still, its CPU did, which a
     * virtual machine's host may cause. The file is opened by the thread that it is about and read
     * again from its beginning; where there is none, nothing is known.
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

    /** Opens the count of the calling thread. */
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
     * Returns how much of the time since {@link #begin} the thread had no CPU without waiting for
     * anything else, in nanoseconds; 0 if that is not known.
     *
     * @param wallNanos the time since then
     */
    public long nanos(long wallNanos) {
        if (!read()) {
            return 0;
        }
        return turns == turnsBefore ? wallNanos : readyNanos - readyBefore;
    }

    /** Returns how long the thread was ready to run but had no CPU since {@link #begin}. */
    public long queuedNanos() {
        return read() ? readyNanos - readyBefore : 0;
    }

    /** Returns how long the thread was ready to run but had no CPU, ever; 0 if not known. */
    public long totalNanos() {
        read();
        return readyNanos;
    }

    /** Closes the file; nothing is known from then on. */
    void close() {
        RandomAccessFile opened = file;
        if (opened != null) {
            try {
                opened.close();
            } catch (IOException none) {
                // It was only read.
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
