package io.fasterapi.log;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.scheduler.Schedulers;

/**
 * Logs for threads that must not wait for a log: cores, event loops, whoever looks after them. Each
 * line is written by another thread, soon, in the order in which they came. Any thread.
 */
public final class LaterLog {

    /*
     * Whoever raises `pending` from zero starts a thread, which writes lines until it has lowered it
     * to zero again. If none can be had, they wait for the next line that comes.
     */

    /** A log that stands still loses what comes then. */
    static final int MOST = 1_000;

    private final Logger logger;
    private final Queue<Runnable> lines = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();

    /** Creates an empty one. */
    public LaterLog(Logger logger) {
        this.logger = logger;
    }

    /** Logs a line, unless {@value #MOST} wait to be written. Throws nothing. */
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
                    // There is nowhere left to say it.
                }
            }
            seen = pending.addAndGet(-seen);
        } while (seen > 0);
    }
}
