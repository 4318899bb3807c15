package io.fasterapi.log;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.scheduler.Schedulers;

/**
 * A log for threads that must not wait for a log: handler cores, event loops and the threads that
 * watch them. Any thread may call it. Another thread writes the lines soon after, in the order in
 * which they came.
 */
public final class LaterLog {

    /*
     * `pending` counts the lines that wait. The thread that raises it from zero starts a writer.
     * The writer writes lines until it has lowered `pending` to zero again. If no writer can be
     * started, the lines wait for the next line.
     */

    /** The most lines that wait. If the log stands still, later lines are dropped. */
    static final int MOST = 1_000;

    private final Logger logger;
    private final Queue<Runnable> lines = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();

    /** Creates an empty log. */
    public LaterLog(Logger logger) {
        this.logger = logger;
    }

    /** Logs a line, or drops it if {@value #MOST} lines wait already. Throws nothing. */
    public void log(Level level, String message) {
        try {
            if (pending.get() < MOST) {
                lines.add(() -> logger.log(level, message));
                if (pending.getAndIncrement() == 0) {
                    start();
                }
            }
        } catch (Throwable ex) {
            SafeLog.error(logger, () -> "a log line could not be written: " + message, ex);
        }
    }

    private void start() {
        try {
            Schedulers.boundedElastic().schedule(this::write);
        } catch (Throwable ex) {
            pending.set(0);
            throw ex;
        }
    }

    private void write() {
        int seen = 1;
        do {
            Runnable line;
            while ((line = lines.poll()) != null) {
                try {
                    line.run();
                } catch (Throwable ex) {
                    // A failing log is the last place to report to.
                }
            }
            seen = pending.addAndGet(-seen);
        } while (seen > 0);
    }
}
