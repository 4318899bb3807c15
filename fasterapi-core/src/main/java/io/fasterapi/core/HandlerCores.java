package io.fasterapi.core;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A group of handler cores, and the choice of a core for each task. Thread-safe. It can be started
 * again after a stop.
 */
public final class HandlerCores {

    /** 2 to the 64th divided by the golden ratio: an odd number whose bits have no pattern. */
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final CoreOptions options;
    private final HandlerCore[] cores;
    private final AtomicInteger homes = new AtomicInteger();
    private final PauseDetector pauses = new PauseDetector();
    private final AtomicInteger turns = new AtomicInteger();
    private final HeldCores held;

    /** Whether any core was stalled when the monitor looked. */
    private volatile boolean stalled;

    private final FastThreadLocal<WakeupCoalescer> wakes = new FastThreadLocal<>();

    /**
     * Creates the cores without starting their threads.
     *
     * @throws IllegalArgumentException if pinning is on and its library is missing
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
     * Sets the threads for work that must leave these cores: work whose route has moved to threads,
     * and work behind a call that waits if it may run there. Call it before the start.
     */
    public void useThreads(ThreadWorkers threads) {
        held.to(threads);
    }

    /** Returns the options of these cores. */
    public CoreOptions options() {
        return options;
    }

    /** Returns the cores in the order of their indexes. */
    public List<HandlerCore> cores() {
        return List.of(cores);
    }

    /** Starts the thread of each core. */
    public void start() {
        for (HandlerCore core : cores) {
            core.start();
        }
    }

    /**
     * Publishes work to the less loaded of two cores.
     *
     * @param task the work
     * @param loop the event loop on which this method is called
     * @return false if the ring is full or the cores do not run; the work was not taken
     */
    public boolean dispatch(CoreTask task, EventLoop loop) {
        assert loop.inEventLoop() : "not on its event loop: " + Thread.currentThread();
        WakeupCoalescer owed = wakesOf(loop);
        return publish(choose(owed.home()), task, owed);
    }

    /**
     * Publishes work to the given core, behind all work that was published to it before.
     *
     * @param core one of these cores
     * @param task the work
     * @param loop the event loop on which this method is called
     * @return false if the ring of that core is full or the core does not run; the work was not
     *     taken
     */
    public boolean dispatchTo(HandlerCore core, CoreTask task, EventLoop loop) {
        assert loop.inEventLoop() : "not on its event loop: " + Thread.currentThread();
        assert owns(core) : "core: " + core + " (expected: one of this group)";
        return publish(core, task, wakesOf(loop));
    }

    private static boolean publish(HandlerCore core, CoreTask task, WakeupCoalescer owed) {
        long now = owed.nowNanos();
        if (!core.publish(task, now)) {
            return false;
        }
        owed.owe(core, now);
        return true;
    }

    /**
     * Returns the core of a shard key. Equal keys have the same core as long as this object lives.
     * Any thread.
     *
     * @param key its {@code hashCode} must agree with its {@code equals}; arrays do not qualify
     */
    public HandlerCore coreOf(Object key) {
        // Keys that count up, or differ only in their upper bits, must not share one core.
        long mixed = key.hashCode() * GOLDEN;
        mixed = (mixed ^ mixed >>> 32) * GOLDEN;
        return cores[(int) ((mixed >>> 32) * cores.length >>> 32)];
    }

    /**
     * Asks every core a question, for example for a copy of its part of some state. Each core
     * answers between two batches; no core stops or waits for another. Any thread may ask. A thread
     * that must not block must not wait for the result: on an event loop or a core, {@code get} and
     * {@code join} of an unfinished result throw {@link IllegalStateException}.
     *
     * @param onEachCore runs once on each core's thread; other threads read its result, so it must
     *     not be changed later
     * @return the results in the order of the cores' indexes, completed on the thread of the last
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

    /**
     * Runs a continuation on a worker. If an event loop calls, it wakes the core at most once per
     * burst.
     */
    public void execute(Worker worker, Runnable continuation) {
        WakeupCoalescer owed = wakes.getIfExists();
        if (owed == null || !(worker instanceof HandlerCore core)) {
            worker.execute(continuation);
        } else {
            core.offer(continuation);
            owed.owe(core, owed.nowNanos());
        }
    }

    /**
     * Stops the cores: they accept no more work, run what is in the rings, and abort the rest when
     * the time is over.
     *
     * @param limit the time for all cores together
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

    /**
     * Returns the record of pauses of the JVM. A thread must report to it every few milliseconds.
     */
    public PauseDetector pauses() {
        return pauses;
    }

    /**
     * Lets idle cores run what waits behind a long item of another core, lets threads run what
     * waits behind a call that waits, and wakes cores that sleep although they have work. Call it
     * every few milliseconds, on any thread.
     */
    void rescue() {
        held.look(System.nanoTime());
        for (HandlerCore core : cores) {
            core.nudgeIfDue();
        }
        boolean found = Arrays.stream(cores).anyMatch(HandlerCore::isStalled);
        if (stalled != found) {
            stalled = found;
        }
        if (found) {
            for (HandlerCore core : cores) {
                core.nudge();
            }
        }
    }

    /**
     * Lets an idle core run the work of a stalled one. Returns false if no core is stalled, or was
     * at the monitor's last look: what the cores write for each item stays with them.
     */
    boolean rescueBy(HandlerCore idle) {
        if (!stalled) {
            return false;
        }
        for (HandlerCore other : cores) {
            if (other != idle && other.isStalled() && idle.queue().rescue(other.queue())) {
                return true;
            }
        }
        return false;
    }

    /** Returns one of the cores in turn, for work that is not bound to a core. */
    public HandlerCore any() {
        return cores[Math.floorMod(turns.getAndIncrement(), cores.length)];
    }

    private WakeupCoalescer wakesOf(EventLoop loop) {
        WakeupCoalescer owed = wakes.getIfExists();
        if (owed == null) {
            owed = new WakeupCoalescer(loop, cores, homes.getAndIncrement() % cores.length);
            wakes.set(owed);
        }
        return owed;
    }

    /**
     * Returns the less loaded of the loop's own core and a random other one (M. Mitzenmacher, "The
     * Power of Two Choices in Randomized Load Balancing", 2001).
     */
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

    /**
     * Returns the next core that runs. If there is none, the loop's own core refuses and counts it.
     */
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
