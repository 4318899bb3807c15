package io.fasterapi.cores;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A group of handler cores and the choice among them. Thread-safe; it can be started again after a
 * stop.
 */
public final class HandlerCores {

    /** Odd, and its bits follow no pattern: 2 to the 64th, divided by the golden ratio. */
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final CoreOptions options;
    private final HandlerCore[] cores;
    private final AtomicInteger homes = new AtomicInteger();
    private final Pauses pauses = new Pauses();
    private final AtomicInteger turns = new AtomicInteger();
    private final HeldCores held;
    private final FastThreadLocal<LoopWakes> wakes = new FastThreadLocal<>();

    /**
     * Builds the cores; no thread starts yet.
     *
     * @throws IllegalArgumentException if pinning is asked for and its library is missing
     */
    public HandlerCores(CoreOptions options) {
        if (options.pinned() && !CpuPinning.available()) {
            throw new IllegalArgumentException(
                    "pinned: true (expected: net.openhft:affinity on the class path)");
        }
        this.options = options;
        this.cores = new HandlerCore[options.count()];
        for (int i = 0; i < cores.length; i++) {
            cores[i] = new HandlerCore(i, options, pauses);
        }
        for (HandlerCore core : cores) {
            core.beforeRest(() -> rescueBy(core));
        }
        this.held = new HeldCores(cores);
    }

    /**
     * Gives these cores threads for what is not to run on them: work whose route has moved there,
     * and, while a core is at a call that waits, what may run there and would wait behind it. To be
     * called before the start.
     */
    public void useThreads(ThreadWorkers threads) {
        held.to(threads);
    }

    /** Returns how these cores were built. */
    public CoreOptions options() {
        return options;
    }

    /** Returns the cores in the order of their indices. */
    public List<HandlerCore> cores() {
        return List.of(cores);
    }

    /** Starts every core's thread. */
    public void start() {
        for (HandlerCore core : cores) {
            core.start();
        }
    }

    /**
     * Publishes work to the less loaded of two cores.
     *
     * @param task the work
     * @param loop the event loop that calls this method
     * @return false if the ring is full or the cores do not run; the work was not taken
     */
    public boolean dispatch(CoreTask task, EventLoop loop) {
        assert loop.inEventLoop() : "not on its event loop: " + Thread.currentThread();
        LoopWakes owed = wakesOf(loop);
        return publish(choose(owed.home()), task, owed);
    }

    /**
     * Publishes work to one core and no other, after all that was published to it before.
     *
     * @param core one of these cores
     * @param task the work
     * @param loop the event loop that calls this method
     * @return false if that core's ring is full or it does not run; the work was not taken
     */
    public boolean dispatchTo(HandlerCore core, CoreTask task, EventLoop loop) {
        assert loop.inEventLoop() : "not on its event loop: " + Thread.currentThread();
        assert owns(core) : "core: " + core + " (expected: one of this group)";
        return publish(core, task, wakesOf(loop));
    }

    private static boolean publish(HandlerCore core, CoreTask task, LoopWakes owed) {
        if (!core.publish(task)) {
            return false;
        }
        owed.owe(core);
        return true;
    }

    /**
     * Returns the core of a key: the same one for equal keys, as long as this object lives. Any
     * thread.
     *
     * @param key has a {@code hashCode} that agrees with its {@code equals}, as an array has not
     */
    public HandlerCore coreOf(Object key) {
        // Keys that count up, or differ in their upper bits alone, must not meet on one core.
        long mixed = key.hashCode() * GOLDEN;
        mixed = (mixed ^ mixed >>> 32) * GOLDEN;
        return cores[(int) ((mixed >>> 32) * cores.length >>> 32)];
    }

    /**
     * Asks every core for something, for example for a copy of its part of some state. Each core
     * answers between two batches of its ring; nothing is stopped and no core waits for another.
     * Any thread may ask. None that must not block may wait: on an event loop or a core {@code get}
     * and {@code join} of an unfinished result throw an {@link IllegalStateException}.
     *
     * @param onEachCore runs once on each core's thread; what it returns is handed to other
     *     threads, so it should not be changed afterwards
     * @return the results in the order of the cores' indices, completed on the thread of the last
     *     core to answer; or the first failure: what {@code onEachCore} threw, or a {@link
     *     CoreStoppedException} if a core does not run
     */
    public <T extends @Nullable Object> CompletableFuture<List<T>> gather(
            Supplier<? extends T> onEachCore) {
        Gathering<T> gathering =
                new Gathering<>(cores.length, onEachCore, () -> wakes.getIfExists() != null);
        for (HandlerCore core : cores) {
            if (core.isRunning()) {
                execute(core, () -> gathering.ask(core));
            } else {
                gathering.stopped(core);
            }
        }
        return gathering.result();
    }

    /** Returns whether a core belongs to this group. */
    boolean owns(HandlerCore core) {
        return core.index() < cores.length && cores[core.index()] == core;
    }

    /** Runs a continuation on a worker; wakes a core no more often than the calling loop must. */
    public void execute(Worker worker, Runnable continuation) {
        LoopWakes owed = wakes.getIfExists();
        if (owed == null || !(worker instanceof HandlerCore core)) {
            worker.execute(continuation);
        } else {
            core.offer(continuation);
            owed.owe(core);
        }
    }

    /**
     * Stops: accepts nothing more, runs what is in the rings, and aborts what is left when the time
     * is over.
     *
     * @param limit how long this may take in all
     */
    public void stop(Duration limit) {
        for (HandlerCore core : cores) {
            core.beginStop();
        }
        long end = System.nanoTime() + limit.toNanos();
        try {
            for (HandlerCore core : cores) {
                core.awaitStop(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns what knows of pauses of the JVM; whoever looks every few milliseconds tells it. */
    public Pauses pauses() {
        return pauses;
    }

    /**
     * Lets an idle core run what waits behind an item that takes long on another, threads what
     * waits behind a call that waits itself, and wakes those that sleep over work because an event
     * loop is held up. To be called every few milliseconds, by any thread.
     */
    void rescue() {
        held.look(System.nanoTime());
        for (HandlerCore core : cores) {
            core.nudgeIfDue();
        }
        for (HandlerCore core : cores) {
            if (core.isStalled()) {
                for (HandlerCore other : cores) {
                    other.nudge();
                }
                return;
            }
        }
    }

    /** Lets an idle core run what waits for another that is stalled; false if there is none. */
    private boolean rescueBy(HandlerCore idle) {
        for (HandlerCore other : cores) {
            if (other != idle && other.isStalled() && idle.queue().rescue(other.queue())) {
                return true;
            }
        }
        return false;
    }

    /** Returns one of the cores, another each time, for work that is not bound to any. */
    public HandlerCore any() {
        return cores[Math.floorMod(turns.getAndIncrement(), cores.length)];
    }

    private LoopWakes wakesOf(EventLoop loop) {
        LoopWakes owed = wakes.getIfExists();
        if (owed == null) {
            owed = new LoopWakes(loop, cores, homes.getAndIncrement() % cores.length);
            wakes.set(owed);
        }
        return owed;
    }

    /** The less loaded of the loop's own core and another; see Mitzenmacher's power of two. */
    private HandlerCore choose(int home) {
        int count = cores.length;
        HandlerCore own = cores[home];
        if (count == 1) {
            return own;
        }
        if (!own.accepts()) {
            return chooseAccepting(home);
        }
        long depth = own.depth();
        if (depth == 0) {
            return own;
        }
        int step = count == 2 ? 1 : 1 + ThreadLocalRandom.current().nextInt(count - 1);
        HandlerCore other = cores[(home + step) % count];
        return other.depth() < depth && other.accepts() ? other : own;
    }

    /** The next core that runs; if there is none, the loop's own refuses and counts it. */
    private HandlerCore chooseAccepting(int home) {
        for (int step = 1; step < cores.length; step++) {
            HandlerCore other = cores[(home + step) % cores.length];
            if (other.accepts()) {
                return other;
            }
        }
        return cores[home];
    }
}
