package io.fasterapi.core;

import io.fasterapi.log.SafeLog;
import io.netty.channel.EventLoop;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An answer on its way from a core back to its event loop. The thread that returns it owns it until
 * {@link #onLoop} runs; {@code next} links it into that thread's completion batch.
 */
public abstract class LoopReturn implements Runnable {

    /*
     * A return may be requested again while it is on its way: first "write the body", then "the
     * exchange has ended". The second request must not queue it twice and must not be lost. So a
     * flag says "on its way". It is set before queueing, and cleared on the loop before the loop
     * reads the state. Requests write the state before they test the flag, both with full ordering.
     * So either the loop sees the new state in this round, or the flag was already clear and a new
     * round begins.
     */
    private static final VarHandle RETURNING;

    private static final System.Logger LOGGER = System.getLogger(LoopReturn.class.getName());

    private static final int ATTEMPTS = 10;
    private static final long RETRY_NANOS = 1_000_000;

    static {
        try {
            RETURNING =
                    MethodHandles.lookup()
                            .findVarHandle(LoopReturn.class, "returning", boolean.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private final EventLoop eventLoop;

    @SuppressWarnings("unused") // written through RETURNING
    private volatile boolean returning;

    @Nullable LoopReturn next;

    protected LoopReturn(EventLoop eventLoop) {
        this.eventLoop = eventLoop;
    }

    /** Returns the event loop of the connection. Everything of this exchange is written there. */
    public final EventLoop eventLoop() {
        return eventLoop;
    }

    /**
     * Does what is due, on the event loop. It may be called when nothing is due. It must not throw.
     */
    protected abstract void onLoop();

    /**
     * Returns to the event loop: in the completion batch of the calling core, at once if the caller
     * is that event loop, or as a task of its own from any other thread. If it throws, for example
     * because memory is short, the loop will not learn of it.
     */
    public final void returnToLoop() {
        if ((boolean) RETURNING.getAndSet(this, true)) {
            return;
        }
        try {
            send();
        } catch (Throwable ex) {
            RETURNING.setVolatile(this, false); // the next request must not find the flag set
            throw ex;
        }
    }

    private void send() {
        if (Thread.currentThread() instanceof CoreThread thread) {
            thread.completionBatch().add(this);
        } else if (eventLoop.inEventLoop()) {
            run();
        } else {
            submit();
        }
    }

    /** Tries again if the task cannot be queued. A task that runs twice finds nothing due. */
    private void submit() {
        for (int attempt = 1; ; attempt++) {
            try {
                eventLoop.execute(this);
                return;
            } catch (RejectedExecutionException ended) {
                run(); // the loop has ended, the channel is closed: release what is held
                return;
            } catch (Throwable ex) {
                if (attempt == ATTEMPTS) {
                    throw ex;
                }
                LockSupport.parkNanos(this, RETRY_NANOS);
            }
        }
    }

    @Override
    public final void run() {
        RETURNING.setVolatile(this, false);
        try {
            onLoop();
        } catch (Throwable ex) { // must not end the loop or affect other answers
            SafeLog.error(LOGGER, () -> "an answer failed on its event loop: " + this, ex);
        }
    }
}
