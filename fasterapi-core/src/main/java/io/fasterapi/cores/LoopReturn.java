package io.fasterapi.cores;

import io.fasterapi.log.SafeLog;
import io.netty.channel.EventLoop;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes back to an event loop once a core is done with it. Owned by the thread that
 * returns it until {@link #onLoop} runs; {@code next} links it into that thread's batch.
 */
public abstract class LoopReturn implements Runnable {

    /*
     * A return may be asked for again while it is on its way (first "write the body", then "the
     * exchange ended"): the second request must neither queue it twice nor be lost. So a flag says
     * "on its way"; it is set before queueing and cleared on the loop before the state is read.
     * State is written before the flag is tested, both with full ordering, therefore either the
     * loop sees the new state in this round or the flag was already clear and a new round begins.
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

    @SuppressWarnings("unused") // by RETURNING
    private volatile boolean returning;

    @Nullable LoopReturn next;

    protected LoopReturn(EventLoop eventLoop) {
        this.eventLoop = eventLoop;
    }

    /** Returns the event loop that everything about this exchange is written on. */
    public final EventLoop eventLoop() {
        return eventLoop;
    }

    /**
     * Does what became due, on the event loop. It may be called when nothing is due any more; it
     * must not throw.
     */
    protected abstract void onLoop();

    /**
     * Goes back to the event loop: in the batch of the handler core that calls this, at once if the
     * caller is that event loop, as a task of its own from any other thread. What this throws (out
     * of memory, lastingly) says that the loop will not learn of it.
     */
    public final void returnToLoop() {
        if ((boolean) RETURNING.getAndSet(this, true)) {
            return;
        }
        try {
            send();
        } catch (Throwable ex) {
            RETURNING.setVolatile(this, false); // the next one must not think it is on its way
            throw ex;
        }
    }

    private void send() {
        if (Thread.currentThread() instanceof CoreThread thread) {
            thread.handBack().add(this);
        } else if (eventLoop.inEventLoop()) {
            run();
        } else {
            submit();
        }
    }

    /** A task that fails to be queued is queued again; one that runs twice finds nothing due. */
    private void submit() {
        for (int attempt = 1; ; attempt++) {
            try {
                eventLoop.execute(this);
                return;
            } catch (RejectedExecutionException ended) {
                run(); // the loop has ended, and with it the channel: release what is held
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
        } catch (Throwable ex) { // it must not, and may neither end the loop nor its neighbours
            SafeLog.error(LOGGER, () -> "an answer failed on its event loop: " + this, ex);
        }
    }
}
