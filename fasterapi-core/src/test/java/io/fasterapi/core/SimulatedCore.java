package io.fasterapi.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.LongUnaryOperator;

/**
 * The queue of a core on a clock and a CPU of the test's, without a thread. Requests come while
 * others are served; what became of each is known. On one thread.
 */
final class SimulatedCore {

    static final long MILLI = 1_000_000;
    static final long SECOND = 1_000 * MILLI;

    /** Until a client asks again that has been answered, or refused. */
    private static final long TURNAROUND = MILLI / 10;

    private final PauseDetector pauses = new PauseDetector();
    private final LostTime lost = new LostTime(pauses);
    private final CoreQueue queue;
    private final PriorityQueue<Request> coming =
            new PriorityQueue<>(
                    Comparator.<Request>comparingLong(each -> each.atNanos)
                            .thenComparingLong(each -> each.number));
    private final Random random = new Random(1);

    final List<Request> answered = new ArrayList<>();
    final List<Request> refused = new ArrayList<>();
    private long numbers;
    private long now = SECOND;
    private long queuedNanos;
    private double share = 1;

    /** CPU time of a request that begins at a moment of the simulation. */
    private LongUnaryOperator serviceNanos = moment -> 5 * MILLI;

    SimulatedCore(QueueTimeLimit limit) {
        CoreOptions options = new CoreOptions(1, 4096, WaitMode.PARK, false, "simulated-", limit);
        HandlerCore core = new HandlerCore(0, options, pauses);
        queue = new CoreQueue(core, options, lost, () -> now);
        core.activity().attach();
        lost.attach(() -> queuedNanos, now);
    }

    SimulatedCore(Duration patience) {
        this(new QueueTimeLimit(patience));
    }

    /** Serves so many that its code counts as compiled. */
    SimulatedCore warm() {
        LongUnaryOperator later = serviceNanos;
        serviceNanos = moment -> 0;
        for (int i = 0; i < 1_000; i++) {
            request(now, Kind.USUAL, false);
        }
        run(MILLI);
        serviceNanos = later;
        answered.clear();
        return this;
    }

    SimulatedCore serving(LongUnaryOperator cpuNanos) {
        serviceNanos = cpuNanos;
        return this;
    }

    /** Other processes use the rest of the CPU. */
    SimulatedCore withShareOfCpu(double part) {
        share = part;
        return this;
    }

    /** So many come now. */
    void burst(int requests) {
        for (int i = 0; i < requests; i++) {
            request(now, Kind.USUAL, false);
        }
    }

    /** So many clients ask, and ask again as soon as they have an answer. */
    void closedLoop(int clients) {
        for (int i = 0; i < clients; i++) {
            request(now, Kind.USUAL, true);
        }
    }

    /** Requests come at random, whatever becomes of the others. */
    void openLoop(double perSecond, Kind kind, long nanos) {
        double at = now;
        while ((at += -Math.log(1 - random.nextDouble()) * SECOND / perSecond) < now + nanos) {
            request((long) at, kind, false);
        }
    }

    private void request(long atNanos, Kind kind, boolean again) {
        coming.add(new Request(atNanos, kind, again));
    }

    /** Lets time pass. */
    void run(long nanos) {
        long end = now + nanos;
        while (now < end) {
            publishUntil(now);
            if (!queue.drain()) {
                Request next = coming.peek();
                now = next == null || next.atNanos > end ? end : Math.max(now, next.atNanos);
            }
        }
    }

    /** Nothing runs for a while, a thread that looks for this neither. */
    void pause(long nanos) {
        publishUntil(now);
        pauses.looked(now);
        now += nanos;
        pauses.looked(now);
    }

    long now() {
        return now;
    }

    boolean isOverloaded() {
        return queue.isOverloaded();
    }

    long depth() {
        return queue.depth();
    }

    private void publishUntil(long end) {
        Request next;
        while ((next = coming.peek()) != null && next.atNanos <= end) {
            coming.remove();
            now = Math.max(now, next.atNanos);
            if (!queue.publish(next)) {
                throw new IllegalStateException("the ring is full");
            }
        }
    }

    private void elapse(long cpuNanos) {
        long nanos = (long) (cpuNanos / share);
        long end = now + nanos;
        publishUntil(end);
        queuedNanos += nanos - cpuNanos;
        now = end;
    }

    /** What is asked of a request. */
    enum Kind {
        USUAL,
        ORDERED,
        ESSENTIAL,
        KEPT,

        /** Does most of its work when it comes back to the core. */
        LATE
    }

    /** One request and what became of it. */
    final class Request implements CoreTask {

        final long number = numbers++;
        final long atNanos;
        final Kind kind;
        private final boolean again;

        /** When it was answered or refused. */
        long endNanos;

        Request(long atNanos, Kind kind, boolean again) {
            this.atNanos = atNanos;
            this.kind = kind;
            this.again = again;
        }

        long latencyNanos() {
            return endNanos - atNanos;
        }

        @Override
        public void run(Worker worker) {
            long work = serviceNanos.applyAsLong(now);
            if (kind == Kind.LATE) {
                elapse(work / 10);
                queue.offer(() -> serve(work - work / 10));
            } else {
                serve(work);
            }
        }

        private void serve(long cpuNanos) {
            elapse(cpuNanos);
            ended(answered);
        }

        @Override
        public boolean giveUp() {
            if (kind == Kind.KEPT) {
                return false;
            }
            ended(refused);
            return true;
        }

        @Override
        public boolean isOrdered() {
            return kind == Kind.ORDERED;
        }

        @Override
        public boolean isEssential() {
            return kind == Kind.ESSENTIAL;
        }

        @Override
        public void abort(Throwable cause) {
            throw new AssertionError(cause);
        }

        private void ended(List<Request> how) {
            endNanos = now;
            how.add(this);
            if (again) {
                request(now + TURNAROUND, kind, true);
            }
        }
    }
}
