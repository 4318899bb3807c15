package io.fasterapi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many exchanges have a thread, how many wait for one, and for how long. The time is ours. */
class BoundedThreadsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AtomicLong clock = new AtomicLong();
    private final PlatformThreads platform = PlatformThreads.of("bounded-test-", 8);
    private final ThreadCalls calls = new ThreadCalls();
    private final Queue<String> events = new ConcurrentLinkedQueue<>();
    private final List<Work.Hold> holds = new ArrayList<>();

    @AfterEach
    void letGo() {
        holds.forEach(Work.Hold::release);
        platform.close();
    }

    private BoundedThreads threads(int most, int waiting, QueueTimeLimit limit) {
        return threads(most, waiting, limit, platform.first());
    }

    private BoundedThreads threads(int most, int waiting, QueueTimeLimit limit, Executor executor) {
        return new BoundedThreads(
                new ThreadOptions(most, waiting, limit),
                executor,
                platform.later(),
                calls,
                new PauseDetector(),
                clock::get);
    }

    private boolean take(BoundedThreads threads, CoreTask task) {
        return threads.take(task, clock.get(), false);
    }

    private Work.Hold hold(BoundedThreads threads) throws InterruptedException {
        Work.Hold hold = new Work.Hold();
        holds.add(hold);
        assertThat(take(threads, hold)).isTrue();
        hold.awaitEntered();
        return hold;
    }

    @Test
    void noMoreRunThanThereAreThreads() throws Exception {
        BoundedThreads threads = threads(2, 10, QueueTimeLimit.none());
        hold(threads);
        Work.Hold second = hold(threads);
        List<Work.Hold> others = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Work.Hold other = new Work.Hold();
            others.add(other);
            holds.add(other);
            assertThat(take(threads, other)).isTrue();
        }
        assertThat(threads.waiting()).isEqualTo(3);

        second.release();
        others.get(0).awaitEntered();
        assertThat(threads.waiting()).isEqualTo(2);
        assertThat(others.get(1).runs).hasValue(0);
        holds.forEach(Work.Hold::release);
        await().until(() -> others.stream().allMatch(other -> other.runs.get() == 1));
        await().until(() -> platformIsIdle());
    }

    private boolean platformIsIdle() {
        return ((java.util.concurrent.ThreadPoolExecutor) platform.first()).getActiveCount() == 0;
    }

    @Test
    void noMoreWaitThanMay() throws Exception {
        BoundedThreads threads = threads(1, 2, QueueTimeLimit.none());
        hold(threads);
        assertThat(take(threads, new Named("one"))).isTrue();
        assertThat(threads.hasRoom()).isTrue();
        assertThat(take(threads, new Named("two"))).isTrue();
        assertThat(threads.hasRoom()).isFalse();
        assertThat(take(threads, new Named("three"))).isFalse();
        assertThat(threads.take(new Named("four"), clock.get(), true)).isTrue();

        holds.get(0).release();
        await().until(() -> events.size() == 3);
        assertThat(events).containsExactly("one", "two", "four");
    }

    /** The only thread never comes back. */
    @Test
    void whatHasWaitedForTooLongIsGivenUpThoughNoThreadComesForIt() throws Exception {
        BoundedThreads threads = threads(1, 10, new QueueTimeLimit(SECOND));
        hold(threads);
        take(threads, new Named("old"));
        clock.addAndGet(SECOND.toNanos());
        threads.look();
        clock.addAndGet(1); // nothing has returned for too long: overload, and a trial first
        for (int half = 0; half < 2; half++) {
            threads.look();
            clock.addAndGet(SECOND.toNanos() / 2);
        }
        take(threads, new Named("young"));
        assertThat(events).isEmpty();
        threads.look();
        assertThat(events).containsExactly("old given up");
        assertThat(threads.waiting()).isEqualTo(1);

        holds.get(0).release();
        await().until(() -> events.size() == 2);
        assertThat(events).containsExactly("old given up", "young");
        assertThat(calls.running()).isZero();
    }

    @Test
    void whatMayNotBeGivenUpIsRunWhenAThreadComes() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        BoundedThreads threads = threads(1, 10, new QueueTimeLimit(SECOND));
        hold(threads);
        take(
                threads,
                new Named("needed") {
                    @Override
                    public boolean giveUp() {
                        asked.incrementAndGet();
                        return false;
                    }
                });
        for (int i = 0; i < 10; i++) {
            clock.addAndGet(SECOND.toNanos());
            threads.look();
            assertThat(threads.waiting()).isEqualTo(1);
        }
        assertThat(asked).hasPositiveValue();
        holds.get(0).release();
        await().until(() -> events.contains("needed"));
    }

    @Test
    void theNewestGoFirstWhileTheLastWouldBeTooLate() throws Exception {
        BoundedThreads threads = threads(1, 10, new QueueTimeLimit(SECOND));
        hold(threads);
        for (String name : List.of("one", "two", "three")) {
            take(threads, new Named(name));
        }
        clock.addAndGet(SECOND.toNanos() + 1);
        threads.look(); // nothing has returned for too long
        holds.get(0).release();
        await().until(() -> events.size() == 3);
        assertThat(events).containsExactly("three", "two", "one");
    }

    /** As where nothing waits, and a pool gives the thread its next task. */
    @Test
    void anInterruptThatAnExchangeLeavesBehindIsNotTheNextOnes() {
        BoundedThreads threads = threads(1, 10, QueueTimeLimit.none());
        CountDownLatch both = new CountDownLatch(1);
        take(
                threads,
                new Work() {
                    @Override
                    public void run(Worker worker) throws Exception {
                        both.await();
                        Thread.currentThread().interrupt();
                    }
                });
        take(
                threads,
                new Work() {
                    @Override
                    public void run(Worker worker) {
                        events.add("interrupted: " + Thread.interrupted());
                    }
                });
        assertThat(threads.waiting()).isEqualTo(1);
        both.countDown();
        await().untilAsserted(() -> assertThat(events).containsExactly("interrupted: false"));
    }

    /** Something comes to wait just when the only thread turns out not to be had. */
    @Test
    void whatWaitsForAThreadThatDoesNotStartIsNotLost() {
        List<BoundedThreads> made = new ArrayList<>();
        BoundedThreads threads =
                threads(
                        1,
                        10,
                        QueueTimeLimit.none(),
                        task -> {
                            assertThat(take(made.get(0), new Named("other"))).isTrue();
                            throw new OutOfMemoryError("unable to create native thread");
                        });
        made.add(threads);
        assertThat(take(threads, new Named("first"))).isFalse();
        assertThat(events).containsExactly("other given up");
        assertThat(threads.waiting()).isZero();
    }

    /** The body of a request, for one: whoever blocks for it has the only thread. */
    @Test
    void whatFollowsOnAnExchangeDoesNotWaitForTheThreadsThatWaitForIt() {
        try (ThreadWorkers workers =
                ThreadWorkers.platform(
                        new ThreadOptions(1, 10, QueueTimeLimit.none()), new PauseDetector())) {
            CountDownLatch came = new CountDownLatch(1);
            Work waits =
                    new Work() {
                        @Override
                        public void run(Worker worker) throws Exception {
                            worker.execute(came::countDown);
                            came.await();
                            events.add(Thread.currentThread().getName());
                        }
                    };
            assertThat(workers.dispatch(waits)).isTrue();
            assertThat(workers.dispatch(new Named("next"))).isTrue();
            await().until(() -> events.size() == 2);
            assertThat(events.remove()).startsWith("fasterapi-blocking-");
        }
    }

    @Test
    void essentialRoutesHaveThreadsOfTheirOwn() throws Exception {
        ThreadOptions one = new ThreadOptions(1, 10, QueueTimeLimit.none());
        List<Runnable> carriers = new ArrayList<>(); // which are all pinned
        for (ThreadWorkers workers :
                List.of(
                        ThreadWorkers.platform(one, new PauseDetector()),
                        ThreadWorkers.virtual(carriers::add, () -> {}, one, new PauseDetector()))) {
            Work.Hold hold = new Work.Hold();
            holds.add(hold);
            assertThat(workers.dispatch(hold)).isTrue();
            Work health =
                    new Work() {
                        @Override
                        public boolean isEssential() {
                            return true;
                        }
                    };
            assertThat(workers.dispatch(new Work())).isTrue();
            assertThat(workers.dispatch(health)).isTrue();
            await().until(() -> health.runs.get() == 1);
            assertThat(health.thread).startsWith("fasterapi-essential-");
            await().until(() -> workers.running() == 2);
            hold.release();
            workers.close();
        }
        assertThat(carriers).hasSize(2);
    }

    /** Writes down what becomes of it. */
    private class Named implements CoreTask {

        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public void run(Worker worker) {
            events.add(name);
        }

        @Override
        public boolean giveUp() {
            events.add(name + " given up");
            return true;
        }

        @Override
        public void abort(Throwable cause) {
            events.add(name + " aborted");
        }
    }
}
