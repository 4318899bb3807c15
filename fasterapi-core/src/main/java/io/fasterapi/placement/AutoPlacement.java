package io.fasterapi.placement;

import io.fasterapi.log.SafeLog;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A route that begins on a core and goes where its calls cost least. Thread-safe. */
final class AutoPlacement extends RoutePlacement {

    /*
     * Two measures per route, both written by whatever thread has run a call:
     *
     * - The window: calls counted in the upper half of a long and the slow ones among them in the
     *   lower half, so that one atomic addition counts both. A full window is judged by the one
     *   thread that filled it. At most one in SLOW_PART may be slow: on a shared machine more than
     *   one in a hundred calls of anything is held up.
     * - The points: a call that took long without using the CPU, or too long for an event loop,
     *   adds POINTS, every other call takes one away. So single pauses of the machine are
     *   forgotten, but a route more than one call in POINTS + 1 of which is like that reaches LIMIT
     *   after a few of them. From the first
     *   points on, time for which a thread was ready but had no CPU counts as CPU. A call that was
     *   seen to wait on its core while it was under way adds SEEN_POINTS: nothing else looks like
     *   that, so the second one moves the route before either has returned.
     *
     * What is slow depends on where the route runs: on a core, what is not well under the cost of
     * the hop; on an event loop, what no promoted call should come near, and one in LOOP_SLOW_PART
     * may; on a thread of its own, what is no longer short. On a busy machine calls are slow
     * because another thread has their CPU; on the event loop, because whoever receives what they
     * write gets it. So a window that is too slow makes the next one leave out the time without a
     * CPU, and that one is judged. (On a core only if that can be why: where most calls are slow,
     * the handler is. To leave that time out costs a system call or two for each call, so where it
     * did not help, twice as many windows pass as the last time before it is tried again.)
     *
     * Whoever changes the placement holds the lock; every call reads it, none waits. Each demotion
     * from the event loop and each return from a thread of its own doubles the time before the next.
     */
    private static final System.Logger LOGGER = System.getLogger(AutoPlacement.class.getName());

    static final int WINDOW = 1024;
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

    /** What looks like waiting may be the machine's for a moment; a handler goes on with it. */
    static final long SUSPECTED_NANOS = 100_000_000;

    /** A single stall may be the machine's; whoever causes a second one in that time leaves. */
    private static final long STALLS_WITHIN_NANOS = 10_000_000_000L;

    private static final long SLOW_MASK = 0xffff_ffffL;
    private static final long ONE_CALL = 1L << 32;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration FIRST_STAY = Duration.ofSeconds(30);
    private static final int MAX_DOUBLINGS = 6;
    private static final int MOST_REST = 1 << MAX_DOUBLINGS;

    private final PromotionLimit limit;
    private final Consumer<PlacementMove> moves;
    private final AtomicLong window = new AtomicLong();
    private final AtomicInteger points = new AtomicInteger();
    private volatile Placement now = Placement.CORE;
    private volatile boolean warm;
    private volatile boolean slowBefore;

    /** Windows until the next one may leave out the time without a CPU; by the judging thread. */
    private volatile int restWindows;

    private volatile int nextRest = 1;
    private volatile long suspectedAtNanos = System.nanoTime() - SUSPECTED_NANOS;
    private volatile long stalledAtNanos = System.nanoTime() - STALLS_WITHIN_NANOS;

    // under the lock
    private long notBeforeNanos = System.nanoTime();
    private int demotions;
    private int returns;

    AutoPlacement(
            String route, RouteLoad load, PromotionLimit limit, Consumer<PlacementMove> moves) {
        super(route, Placement.AUTO, load);
        this.limit = limit;
        this.moves = moves;
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
            int some = points.get();
            if (some > 0) {
                points.compareAndSet(
                        some, some - 1); // where another changes them, this one is lost
            }
        }
        boolean slow = wallNanos - readyNanos >= slowNanos(where);
        long counted = window.addAndGet(slow ? ONE_CALL + 1 : ONE_CALL);
        if (counted >>> 32 == WINDOW) {
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

    /** What computes may have to wait for a CPU, many times as long as it computes. */
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

    /** Adds the points of a call that was too long; no more than are enough to be remembered. */
    private int addPoints(int more) {
        return points.updateAndGet(some -> Math.min(some, MOST - more) + more);
    }

    /** Returns how many points there are: 0 to MOST. */
    int points() {
        return points.get();
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
            warm = true; // the first calls ran in code that the JVM had not compiled yet
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
        window.set(0);
        slowBefore = false;
        restWindows = 0;
        nextRest = 1;
        now = to;
        try {
            moves.accept(new PlacementMove(route(), from, to, reason, Instant.now()));
        } catch (Throwable ex) { // the call that was timed must not fail for it
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
