package io.fasterapi.spring.webflux;

import io.fasterapi.cores.HandlerCore;
import io.fasterapi.server.InboundGate;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The hops of one exchange: work that its event loop gave to its core and waits for. As a handler
 * on the event loop would, they hold back what follows on the connection, by its gate.
 */
final class CoreHops {

    /*
     * What happens within a hop takes effect before the gate lets the next message pass; what
     * happens later (on another thread, or on the core outside of a hop) after that, since on an
     * event loop it would find everything read that had arrived with its request.
     */
    private static final VarHandle FINISHED;

    static {
        try {
            FINISHED = MethodHandles.lookup().findVarHandle(CoreHops.class, "finished", int.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    // of the event loop
    private @Nullable InboundGate gate;
    private @Nullable Queue<Runnable> waiting;
    private int open;

    /** Set by the core; a thread that is none, or another core, cannot find itself here. */
    private @Nullable HandlerCore running;

    @SuppressWarnings("unused") // by FINISHED
    private volatile int finished;

    /** The first hop begins, on a connection with that gate, if it has one. On the event loop. */
    void begin(@Nullable InboundGate connection) {
        gate = connection;
        begin();
    }

    /** Work leaves for the core. On the event loop. */
    void begin() {
        open++;
        InboundGate connection = gate;
        if (connection != null) {
            connection.hopBegins();
        }
    }

    /** The core begins such work. */
    void run(HandlerCore core) {
        running = core;
    }

    /** The core has done such work; the exchange has to return to its event loop. */
    void finish() {
        running = null;
        FINISHED.getAndAdd(this, 1);
    }

    /** Whether the caller is the core, at work that the event loop waits for. */
    boolean isWithin() {
        HandlerCore current = HandlerCore.current();
        return current != null && current == running;
    }

    /** Whether the event loop waits for nothing. On the event loop. */
    boolean isOver() {
        return open == 0;
    }

    /** Returns how many hops have finished since the last call. On the event loop. */
    int takeFinished() {
        return (int) FINISHED.getAndSet(this, 0);
    }

    /** So many hops have ended and what they brought is written. On the event loop. */
    void end(int count) {
        open -= count;
        InboundGate connection = gate;
        if (connection != null) {
            connection.hopsEnded(count);
        }
    }

    /** Runs a task once no hop is open. On the event loop. */
    void afterwards(Runnable task) {
        if (open == 0) {
            task.run();
            return;
        }
        if (waiting == null) {
            waiting = new ArrayDeque<>(2);
        }
        waiting.add(task);
    }

    /** Runs what waited for the end of all hops, until one begins. On the event loop. */
    void runWaiting() {
        Queue<Runnable> tasks = waiting;
        while (tasks != null && open == 0 && !tasks.isEmpty()) {
            tasks.remove().run();
        }
    }
}
