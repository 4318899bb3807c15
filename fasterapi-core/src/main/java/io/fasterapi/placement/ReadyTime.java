package io.fasterapi.placement;

import java.io.IOException;
import java.io.RandomAccessFile;
import org.jspecify.annotations.Nullable;

/**
 * How long a platform thread could have run but had no CPU, as Linux counts it. Owned by its
 * thread.
 */
final class ReadyTime {

    /*
     * The second number of /proc/<pid>/task/<tid>/schedstat (Documentation/scheduler/sched-stats).
     * The file is opened by the thread that it is about and read again from its beginning; where
     * there is none, every answer is 0.
     */
    private static final String FILE = "/proc/thread-self/schedstat";

    private final @Nullable RandomAccessFile file;
    private final byte[] text = new byte[64];

    private ReadyTime(@Nullable RandomAccessFile file) {
        this.file = file;
    }

    /** Opens the count of the calling thread. */
    static ReadyTime ofThisThread() {
        try {
            return new ReadyTime(new RandomAccessFile(FILE, "r"));
        } catch (IOException | RuntimeException none) {
            return new ReadyTime(null);
        }
    }

    /** Returns the time since the thread's start, in nanoseconds. */
    long nanos() {
        RandomAccessFile opened = file;
        if (opened == null) {
            return 0;
        }
        try {
            opened.seek(0);
            return second(text, opened.read(text));
        } catch (IOException gone) {
            return 0;
        }
    }

    private static long second(byte[] line, int length) {
        long value = 0;
        int spaces = 0;
        for (int i = 0; i < length && spaces < 2; i++) {
            if (line[i] == ' ') {
                spaces++;
            } else if (spaces == 1) {
                value = 10 * value + (line[i] - '0');
            }
        }
        return value;
    }
}
