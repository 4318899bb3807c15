package io.fasterapi.watchdog;

import io.netty.channel.EventLoop;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds event loops and handler cores that stall, and reports what they do. One daemon thread,
 * {@code fasterapi-watchdog}, looks at them. Any thread may call the public methods unless they say
 * otherwise. The watchdog can be started again after a stop.
 *
 * <p>Cost, measured with two loops and two cores on a busy machine with 2 CPUs and the default
 * limits: about 1 % of a CPU while they are at rest, 3 % at 200 looks per second; 5 to 6 ns per
 * call for the watched thread.
 */
public final class Watchdog {

    /*
     * A look at a thread reads one number, the mark of its Activity, and compares it with that of
     * the last look. Looks come every quarter of the shortest limit. So a call is reported between
     * its limit and a quarter more. While every thread is at rest, looks come a quarter as often,
     * and a call that begins then is reported after twice its limit.
     *
     * An event loop also runs code that begins no call, for example Netty's handlers or an
     * application's own. So each loop gets a heartbeat, an empty task, once per limit, unless one
     * is under way. Such code is found from twice its limit on, or from six times if every thread
     * was at rest. A loop that begins and ends calls, or publishes into rings, while its heartbeat
     * waits is busy, not stalled.
     *
     * A late look counts as one in time. If the watchdog did not run (garbage collection, a
     * suspended machine, no CPU), the other threads may not have run either. So a pause of any
     * length counts at most a quarter of the shortest limit. A look does not count at all if the
     * JVM has loaded classes since the last one. A thread that loads, links or initialises a class,
     * or records an event, is not held: the first request of a kind is slow once, with any handler.
     *
     * Time in which a thread is ready but has no CPU does not count (HeldTime). A stall needs a
     * frame of the application's code: a thread that waits in its selector, for example, is not
     * stalled.
     */
    private static final System.Logger LOGGER = System.getLogger(Watchdog.class.getName());

    /**
     * The longest time between two looks, whatever the limits, so that new threads are seen soon.
     */
    private static final long LONGEST_PAUSE_NANOS = 20_000_000;

    private static final String THREAD_NAME = "fasterapi-watchdog";

    private static final long STOP_MILLIS = 5_000;

    /** How many times rarer the looks are while every thread is at rest. */
    private static final int RESTING_LOOKS = 4;

    private final WatchdogOptions options;
    private final Supplier<List<StallListener>> listeners;
    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private final Set<EventLoop> loops = ConcurrentHashMap.newKeySet();
    private final Map<String, StallCounters> counters = new LinkedHashMap<>();
    private final List<Consumer<? super StallCounters>> followers = new ArrayList<>();
    private volatile @Nullable Thread thread;

    /**
     * A thread to watch.
     *
     * @param name the thread's name
     * @param activity what it does
     * @param loop its event loop; null for a core
     */
    private record Arrival(String name, Activity activity, @Nullable EventLoop loop) {}

    /**
     * Creates a watchdog without starting its thread.
     *
     * @param listeners called at each start
     */
    public Watchdog(WatchdogOptions options, Supplier<List<StallListener>> listeners) {
        this.options = options;
        this.listeners = listeners;
    }

    /** Returns the limits. */
    public WatchdogOptions options() {
        return options;
    }

    /**
     * Watches an event loop until it ends or the watchdog stops. Further calls do nothing. On that
     * event loop.
     */
    public void watch(EventLoop loop) {
        if (loops.contains(loop)) {
            return;
        }
        assert loop.inEventLoop() : "not on its event loop: " + Thread.currentThread();
        if (loops.add(loop)) {
            String name = Thread.currentThread().getName();
            arrivals.add(new Arrival(name, Activity.current().timed(), loop));
        }
    }

    /**
     * Watches a core until the watchdog stops.
     *
     * @param name the name of the core's thread
     * @param activity what the core does
     */
    public void watch(String name, Activity activity) {
        arrivals.add(new Arrival(name, activity, null));
    }

    /**
     * Calls the follower for the counters of each thread, those of the past and those to come.
     * Meters use it.
     */
    public void follow(Consumer<? super StallCounters> follower) {
        synchronized (counters) {
            counters.values().forEach(follower);
            followers.add(follower);
        }
    }

    /**
     * Starts the thread.
     *
     * @throws IllegalStateException if it runs already
     */
    public synchronized void start() {
        if (thread != null) {
            throw new IllegalStateException(THREAD_NAME + ": running (expected: new or stopped)");
        }
        StallListener listener = new EveryListener(listeners.get());
        Thread started = new Thread(() -> run(listener), THREAD_NAME);
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    /** Stops the thread and forgets all watched threads. Their counters stay. */
    public synchronized void stop() {
        Thread running = thread;
        if (running == null) {
            return;
        }
        thread = null;
        running.interrupt();
        if (running != Thread.currentThread()) { // else a listener stops it: it ends after that
            try {
                running.join(STOP_MILLIS); // a listener may be running
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        }
        arrivals.clear();
        loops.clear();
    }

    private void run(StallListener listener) {
        List<WatchedThread> watched = new ArrayList<>();
        ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
        long known = classes.getTotalLoadedClassCount();
        long lookNanos = options.lookNanos();
        long last = System.nanoTime();
        boolean resting = false;
        while (thread == Thread.currentThread()) {
            long pause = resting ? RESTING_LOOKS * lookNanos : lookNanos;
            LockSupport.parkNanos(this, Math.min(pause, LONGEST_PAUSE_NANOS));
            Thread.interrupted(); // clears an interrupt by a listener, which would prevent parking
            long now = System.nanoTime();
            long loaded = classes.getTotalLoadedClassCount();
            long passed = loaded == known ? Math.min(now - last, lookNanos) : 0;
            last = now;
            known = loaded;
            try {
                admit(watched, listener);
                if (watched.removeIf(each -> !each.look(passed))) {
                    loops.removeIf(EventLoop::isShuttingDown);
                }
                resting = watched.stream().allMatch(WatchedThread::isResting);
            } catch (Throwable ex) {
                logError(ex);
            }
        }
    }

    private void admit(List<WatchedThread> watched, StallListener listener) {
        Arrival arrival;
        while ((arrival = arrivals.poll()) != null) {
            EventLoop loop = arrival.loop();
            long limit = (loop == null ? options.coreStall() : options.loopStall()).toNanos();
            watched.add(
                    new WatchedThread(
                            arrival.activity(),
                            countersOf(arrival.name()),
                            limit,
                            loop == null ? null : new LoopBeat(loop, limit),
                            listener));
        }
    }

    private StallCounters countersOf(String name) {
        synchronized (counters) {
            StallCounters known = counters.get(name);
            if (known == null) {
                StallCounters added = new StallCounters(name);
                counters.put(name, added);
                followers.forEach(follower -> follower.accept(added));
                known = added;
            }
            return known;
        }
    }

    /** Logs an error. A failure of the log must not end the watchdog. */
    private static void logError(Throwable cause) {
        try {
            LOGGER.log(
                    System.Logger.Level.ERROR,
                    THREAD_NAME + ": one check of the threads failed; the next one follows",
                    cause);
        } catch (Throwable ignored) {
            // A failing log is the last place to report to.
        }
    }
}
