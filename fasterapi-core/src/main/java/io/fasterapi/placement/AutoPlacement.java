package io.fasterapi.placement;

import io.fasterapi.log.SafeLog;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The placement of a route under {@code auto}: it begins on a core and moves to where its calls
 * cost least. Thread-safe.
 */
final class AutoPlacement extends RoutePlacement {

    /*
     * Two measures decide. The thread that has run a call updates both.
     * - The window. The upper half of a long counts calls, the lower half the slow ones among them,
     *   so that one atomic addition counts both. Each thread counts up to SHARE calls by itself,
     *   before it adds them to the window that all share. The thread that fills a window judges it.
     *   At most one call in SLOW_PART may be slow, because a shared machine delays more than one in
     *   a hundred calls of any kind.
     * - The points. A call that was long without using the CPU, or too long for an event loop, adds
     *   POINTS; every other call takes one away, when its thread adds its calls to the window, or
     *   before it adds points. So single pauses of the machine are forgotten. A route of which more than one call in POINTS +
     *   1 is like that reaches LIMIT after a few of them. A call that was seen to wait on its core
     *   while it was under way adds SEEN_POINTS, so that the second one moves the route.
     *
     * What is slow depends on the placement: on a core, more than the promotion limit; elsewhere,
     * LOOP_SLOW_NANOS. On an event loop one call in LOOP_SLOW_PART may be slow.
     *
     * On a busy machine calls are slow because other threads have the CPU. On an event loop that is
     * often the receiver of what a call writes. So while a route has points, the time without a CPU
     * counts as CPU time. After a window that was too slow, the next one leaves that time out, and
     * only then is the route judged. On a core this is tried only if at most half of the calls were
     * slow; otherwise the handler itself is slow. Reading that time costs one or two system calls
     * per call. So if it did not help, twice as many windows pass as the last time before the next
     * try.
     *
     * A thread that changes the placement holds the lock. Calls only read it and never wait. Each
     * demotion from the event loop doubles the time before the next promotion. Each move to threads
     * doubles the shortest stay there.
     */
    private static final System.Logger LOGGER = System.getLogger(AutoPlacement.class.getName());

    static final int WINDOW = 1024;
    static final int SHARE = 32;
    static final int SLOW_PART = 20;
    static final int LOOP_SLOW_PART = 10;
    static final int POINTS = 16;
    static final int LIMIT = 6 * POINTS;
    static final int MOST = 2 * LIMIT;
    static final int SEEN_POINTS = LIMIT / 2;
    static final int BLOCKED_RATIO = 4;
    static final long IDLE_CPU_NANOS = 2_000_000;
    static final long CERTAIN_NANOS = 200_000_000;
    static final long LOOP_SLOW_NANOS = 100_000;
    static final long OVERSTAY_NANOS = 2_000_000;
    static final long STALL_NANOS = 20_000_000;

    /**
     * What looks like waiting may be the machine's for a moment. A route must go on with it for
     * this long.
     */
    static final long SUSPECTED_NANOS = 100_000_000;

    /** A single stall may be the machine's. A second one within this time moves the route. */
    private static final long STALLS_WITHIN_NANOS = 10_000_000_000L;

    private static final long SLOW_MASK = 0xffff_ffffL;
    private static final long ONE_CALL = 1L << 32;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration FIRST_STAY = Duration.ofSeconds(30);
    private static final int MAX_DOUBLINGS = 6;
    private static final int MOST_REST = 1 << MAX_DOUBLINGS;

    private final PromotionLimit limit;
    private final Consumer<PlacementMove> moves;
    private final Stripes stripes;
    private final AtomicLong window = new AtomicLong();
    private final AtomicInteger points = new AtomicInteger();
    private volatile Placement now = Placement.CORE;
    private volatile boolean warm;
    private volatile boolean slowBefore;

    /**
     * How many windows pass before one may leave out the time without a CPU. The judging thread
     * writes it.
     */
    private volatile int restWindows;

    private volatile int nextRest = 1;
    private volatile long suspectedAtNanos = System.nanoTime() - SUSPECTED_NANOS;
    private volatile long stalledAtNanos = System.nanoTime() - STALLS_WITHIN_NANOS;

    // Guarded by the lock.
    private long notBeforeNanos = System.nanoTime();
    private int demotions;
    private int returns;

    AutoPlacement(
            String route, RouteLoad load, PromotionLimit limit, Consumer<PlacementMove> moves) {
        super(route, Placement.AUTO, load);
        this.limit = limit;
        this.moves = moves;
        this.stripes = load.stripes();
    }

    @Override
    public Placement now() {
        return now;
    }

    @Override
    public void ran(Placement where, long wallNanos, long cpuNanos, long readyNanos) {
        if (where != now) {
            return; // begun before the last move
        }
        if (where != Placement.VIRTUAL) {
            long busyNanos = cpuNanos + readyNanos;
            if (hasWaited(wallNanos, busyNanos)) {
                blocked(where, wallNanos, busyNanos);
                return;
            }
            long used = Math.min(wallNanos, cpuNanos);
            if (where == Placement.INLINE && used >= OVERSTAY_NANOS) {
                if (used >= STALL_NANOS || addPoints(POINTS) >= LIMIT) {
                    overstayed(wallNanos, cpuNanos);
                }
                return;
            }
        }
        boolean slow = wallNanos - readyNanos >= slowNanos(where);
        int own = stripes.own() + Stripes.CALLS;
        long calls = stripes.addAndGet(own, slow ? ONE_CALL + 1 : ONE_CALL);
        if (calls >>> 32 == SHARE) { // another thread that has the same stripe sees a larger count
            share(where, stripes.getAndSet(own, 0));
        }
    }

    private void share(Placement where, long calls) {
        if (points.get() > 0) {
            points.updateAndGet(some -> Math.max(0, some - (int) (calls >>> 32)));
        }
        long counted = window.addAndGet(calls);
        long before = counted - calls;
        if (counted >>> 32 >= WINDOW && before >>> 32 < WINDOW) {
            window.set(0);
            judge(where, (int) (counted & SLOW_MASK));
        }
    }

    @Override
    long slowNanos(Placement where) {
        return where == Placement.CORE ? limit.nanos() : LOOP_SLOW_NANOS;
    }

    @Override
    boolean isSuspected() {
        return slowBefore || points.get() > 0;
    }

    @Override
    public void waits(long wallNanos) {
        if (now == Placement.CORE && addPoints(SEEN_POINTS) >= LIMIT) {
            move(
                    Placement.CORE,
                    Placement.VIRTUAL,
                    "its calls wait, the last one for %s so far".formatted(text(wallNanos)));
        }
    }

    @Override
    public void stalled(long wallNanos) {
        if (now != Placement.INLINE) {
            return;
        }
        long time = System.nanoTime();
        boolean again = time - stalledAtNanos < STALLS_WITHIN_NANOS;
        stalledAtNanos = time;
        if (again) {
            overstayed(wallNanos, wallNanos);
        }
    }

    /** A call that computes may wait for a CPU many times as long as it computes. */
    private static boolean hasWaited(long wallNanos, long busyNanos) {
        return wallNanos >= LONG_NANOS
                && busyNanos < wallNanos / BLOCKED_RATIO
                && (busyNanos < IDLE_CPU_NANOS || wallNanos >= CERTAIN_NANOS);
    }

    private void blocked(Placement where, long wallNanos, long busyNanos) {
        long time = System.nanoTime();
        int reached = addPoints(POINTS);
        if (reached == POINTS) {
            suspectedAtNanos = time - wallNanos;
        }
        if (where == Placement.CORE
                && reached >= LIMIT
                && time - suspectedAtNanos >= SUSPECTED_NANOS) {
            move(
                    where,
                    Placement.VIRTUAL,
                    "its calls wait, the last one for %s with at most %s on a CPU or ready for one"
                            .formatted(text(wallNanos), text(busyNanos)));
        } else if (where == Placement.INLINE && (reached >= LIMIT || wallNanos >= CERTAIN_NANOS)) {
            overstayed(wallNanos, busyNanos);
        }
    }

    /** Adds points, up to MOST, when the calls before have taken theirs away. */
    private int addPoints(int more) {
        long calls = stripes.getAndSet(stripes.own() + Stripes.CALLS, 0);
        if (calls > 0) {
            share(now, calls);
        }
        return points.updateAndGet(some -> Math.min(some, MOST - more) + more);
    }

    /** Returns the points, 0 to MOST. */
    int points() {
        return points.get();
    }

    /** Returns how many calls have been counted for the next judgement. */
    int counted() {
        return (int) (window.get() + stripes.sum(Stripes.CALLS) >>> 32);
    }

    private void overstayed(long wallNanos, long cpuNanos) {
        move(
                Placement.INLINE,
                Placement.CORE,
                "a call held up its event loop for %s, with at most %s of CPU"
                        .formatted(text(wallNanos), text(cpuNanos)));
    }

    private void judge(Placement where, int slow) {
        if (!warm) {
            warm = true; // the JVM had not compiled the code of the first calls
            slowBefore = where == Placement.CORE && !isQuick(slow);
            return;
        }
        boolean quick = isQuick(slow);
        switch (where) {
            case CORE -> {
                if (quick && limit.isKnown()) {
                    move(where, Placement.INLINE, counted(slow, limit.nanos()));
                } else {
                    slowBefore = !quick && slow * 2 <= WINDOW && maySuspect();
                }
            }
            case INLINE -> {
                boolean tooSlow = slow * LOOP_SLOW_PART > WINDOW;
                if (tooSlow && slowBefore) {
                    move(where, Placement.CORE, counted(slow, LOOP_SLOW_NANOS));
                } else {
                    slowBefore = tooSlow;
                }
            }
            default -> {
                if (quick) {
                    move(where, Placement.CORE, counted(slow, LOOP_SLOW_NANOS));
                }
            }
        }
    }

    private boolean maySuspect() {
        if (slowBefore) {
            restWindows = nextRest;
            nextRest = Math.min(2 * nextRest, MOST_REST);
        } else {
            restWindows = Math.max(0, restWindows - 1);
        }
        return restWindows == 0;
    }

    private static boolean isQuick(int slow) {
        return slow * SLOW_PART <= WINDOW;
    }

    private String counted(int slow, long nanos) {
        return "%d of the last %d calls took %s or longer%s"
                .formatted(
                        slow,
                        WINDOW,
                        text(nanos),
                        slowBefore ? ", not counting time without a CPU" : "");
    }

    private synchronized void move(Placement from, Placement to, String reason) {
        if (now != from) {
            return; // another thread was first
        }
        long time = System.nanoTime();
        boolean hasty = time - notBeforeNanos < 0;
        if (to == Placement.INLINE) {
            if (hasty) {
                return;
            }
        } else if (from == Placement.INLINE) {
            notBeforeNanos = time + doubled(FIRST_PAUSE, demotions++);
        } else if (from == Placement.VIRTUAL) {
            if (hasty) {
                return;
            }
            notBeforeNanos = time + FIRST_PAUSE.toNanos();
        }
        if (to == Placement.VIRTUAL) {
            notBeforeNanos = time + doubled(FIRST_STAY, returns++);
        }
        points.set(0);
        stripes.clear(Stripes.CALLS);
        window.set(0);
        slowBefore = false;
        restWindows = 0;
        nextRest = 1;
        now = to;
        try {
            moves.accept(new PlacementMove(route(), from, to, reason, Instant.now()));
        } catch (Throwable ex) { // the call must not fail because of a listener
            SafeLog.error(LOGGER, () -> route() + ": the listener of its moves failed", ex);
        }
    }

    private static long doubled(Duration first, int times) {
        return first.toNanos() << Math.min(times, MAX_DOUBLINGS);
    }

    private static String text(long nanos) {
        return nanos < LONG_NANOS
                ? "%.1f us".formatted(nanos / 1e3)
                : "%.1f ms".formatted(nanos / 1e6);
    }
}
