package io.fasterapi.netty;

import io.fasterapi.core.HandlerCores;
import io.fasterapi.core.Worker;
import io.fasterapi.log.SafeLog;
import io.netty.channel.EventLoop;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The hops of one exchange: work that its event loop gave to a worker and waits for. As a handler
 * on the event loop would, they hold back what follows on the connection, by its gate.
 */
public final class Hops {

    /*
     * What happens within a hop takes effect before the gate lets the next message pass; what
     * happens later (on another thread, or on the worker outside of a hop) after that, since on an
     * event loop it would find everything read that had arrived with its request.
     *
     * Later means: after the hops that had begun when the event loop learnt of it. While a body
     * arrives new hops begin all the time, and an answer must not wait for the body's end. So what
     * comes late takes a ticket, the number of hops begun, and is due when as many have ended; the
     * hops of an exchange end in the order in which they began, since one core runs them. (On threads
     * of its own a first hop that blocks may end after others; then something late may be early.)
     */
    private static final System.Logger LOGGER = System.getLogger(Hops.class.getName());

    private static final VarHandle FINISHED;

    static {
        try {
            FINISHED = MethodHandles.lookup().findVarHandle(Hops.class, "finished", int.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    /** Something that waits for its turn. */
    private record Waiting(int ticket, Runnable task) {}

    // of the event loop
    private @Nullable InboundGate gate;
    private @Nullable Queue<Waiting> waiting;
    private int begun;
    private int ended;

    /** Set by the worker's thread, read by any: only that one can find itself here. */
    private @Nullable Thread running;

    @SuppressWarnings("unused") // by FINISHED
    private volatile int finished;

    /** The first hop begins, on a connection with that gate, if it has one. On the event loop. */
    public void begin(@Nullable InboundGate connection) {
        gate = connection;
        begin();
    }

    /** Work leaves for the worker. On the event loop. */
    public void begin() {
        begun++;
        InboundGate connection = gate;
        if (connection != null) {
            connection.hopBegins();
        }
    }

    /** The worker begins such work, on the calling thread. */
    public void run() {
        running = Thread.currentThread();
    }

    /** The worker has done such work; the exchange has to return to its event loop. */
    public void finish() {
        if (running == Thread.currentThread()) {
            running = null;
        }
        FINISHED.getAndAdd(this, 1);
    }

    /** Returns whether the caller is the worker, at work that the event loop waits for. */
    public boolean isWithin() {
        return running == Thread.currentThread();
    }

    /** Returns a ticket for something that came later than the hops begun. On the event loop. */
    public int ticket() {
        return begun;
    }

    /** Returns whether it is the turn of what holds a ticket. On the event loop. */
    public boolean isOver(int ticket) {
        return ended - ticket >= 0;
    }

    /** Returns how many hops have finished since the last call. On the event loop. */
    public int takeFinished() {
        return (int) FINISHED.getAndSet(this, 0);
    }

    /** So many hops have ended and what they brought is written. On the event loop. */
    public void end(int count) {
        int counted = Math.min(count, begun - ended); // one that failed may have finished twice
        ended += counted;
        InboundGate connection = gate;
        if (connection != null && counted > 0) {
            connection.hopsEnded(counted);
        }
    }

    /**
     * Runs on a worker what the event loop waits for. On the event loop.
     *
     * @param work throws nothing
     * @param finished tells that event loop, after the hop was counted as finished
     */
    public void hop(HandlerCores cores, Worker target, Runnable work, Runnable finished) {
        begin();
        try {
            cores.execute(
                    target,
                    () -> {
                        run();
                        work.run();
                        finish();
                        finished.run();
                    });
        } catch (Throwable ex) { // no memory: it is not on its way
            end(1);
            throw ex;
        }
    }

    /** Runs an action on the event loop after the hops that began before, unless called in one. */
    public void onTime(EventLoop eventLoop, Runnable action) {
        if (isWithin()) {
            action.run();
        } else if (eventLoop.inEventLoop()) {
            afterwards(action);
        } else {
            try {
                eventLoop.execute(() -> afterwards(action));
            } catch (RejectedExecutionException ended) {
                action.run(); // the loop has ended, the channel is closed
            }
        }
    }

    /** Runs a task when its turn has come. On the event loop. */
    public void afterwards(Runnable task) {
        if (isOver(begun)) {
            task.run();
            return;
        }
        if (waiting == null) {
            waiting = new ArrayDeque<>(2);
        }
        waiting.add(new Waiting(begun, task));
    }

    /** Runs the tasks whose turn has come. On the event loop. */
    public void runWaiting() {
        Queue<Waiting> tasks = waiting;
        while (tasks != null && !tasks.isEmpty() && isOver(tasks.element().ticket())) {
            Waiting next = tasks.remove();
            try {
                next.task().run();
            } catch (Throwable ex) { // those behind it have their turn all the same
                SafeLog.error(
                        LOGGER, () -> "a task failed that waited for an answer from a core", ex);
            }
        }
    }
}
