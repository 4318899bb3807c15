package io.fasterapi.watchdog;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import com.example.UserCode;
import io.fasterapi.core.CoreOptions;
import io.fasterapi.core.CoreTask;
import io.fasterapi.core.HandlerCore;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.core.WaitMode;
import io.fasterapi.core.Worker;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real event loops and real cores that are held until the watchdog has said so. */
class WatchdogTest {

    private static final Duration LOOP_STALL = Duration.ofMillis(250);
    private static final Duration CORE_STALL = Duration.ofMillis(300);

    private final Stalls stalls = new Stalls();
    private final Map<String, StallCounters> counters = new ConcurrentHashMap<>();
    private final EventLoopGroup group =
            new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final EventLoop otherLoop = group.next();
    private final HandlerCores cores =
            new HandlerCores(new CoreOptions(1, 8, WaitMode.PARK, false, "watched-core-"));
    private final HandlerCore core = cores.cores().get(0);
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch otherRelease = new CountDownLatch(1);
    private volatile StallListener first = stall -> {};

    private final Watchdog watchdog =
            new Watchdog(
                    new WatchdogOptions(LOOP_STALL, CORE_STALL),
                    () -> List.of(stall -> first.stalled(stall), stalls));

    @BeforeEach
    void start() throws Exception {
        watchdog.follow(thread -> counters.put(thread.thread(), thread));
        watchdog.start();
        cores.start();
        for (EventLoop each : List.of(loop, otherLoop)) {
            each.submit(() -> watchdog.watch(each)).get(20, SECONDS);
        }
        watchdog.watch(core.name(), core.activity());
        await().until(() -> counters.size() == 3);
    }

    @AfterEach
    void stop() {
        release.countDown();
        otherRelease.countDown();
        watchdog.stop();
        cores.stop(Duration.ofSeconds(10));
        group.shutdownGracefully(0, 10, SECONDS).syncUninterruptibly();
    }

    @Test
    void aCallThatHoldsAnEventLoopIsReportedOnce() throws Exception {
        String thread = loop.submit(() -> Thread.currentThread().getName()).get(20, SECONDS);
        call(loop, "GET /slow", release);
        await().until(() -> counters.get(thread).runningNanos() > 4 * LOOP_STALL.toNanos());

        assertThat(stalls.found).hasSize(1);
        Stall stall = stalls.found.get(0);
        assertThat(stall.eventLoop()).isTrue();
        assertThat(stall.thread()).isEqualTo(thread);
        assertThat(stall.route()).isEqualTo("GET /slow");
        assertThat(stall.heldFor()).isBetween(LOOP_STALL, LOOP_STALL.multipliedBy(2));
        assertThat(stall.stack()).extracting(StackTraceElement::getMethodName).contains("holdsIt");
        assertThat(counters.get(thread).stalls()).isEqualTo(1);
        assertThat(counters.get(thread).ended()).isZero();
        assertThat(stalls.ended).isEmpty();

        release.countDown();
        await().until(() -> stalls.ended.size() == 1);
        assertThat(stalls.ended.get(0).stall()).isSameAs(stall);
        assertThat(stalls.ended.get(0).heldFor()).isGreaterThan(LOOP_STALL.multipliedBy(4));
        assertThat(counters.get(thread).ended()).isEqualTo(1);
        assertThat(counters.get(thread).endedNanos())
                .isEqualTo(stalls.ended.get(0).heldFor().toNanos())
                .isEqualTo(counters.get(thread).takeLongestNanos());
        await().until(() -> counters.get(thread).runningNanos() == 0);
        assertThat(stalls.found).hasSize(1);
    }

    @Test
    void codeOutsideOfEveryCallIsReportedWithoutARoute() {
        call(loop, "GET /earlier", new CountDownLatch(0));
        loop.execute(() -> holdsIt(release));
        await().until(() -> !stalls.found.isEmpty());

        Stall stall = stalls.found.get(0);
        assertThat(stall.route()).isNull();
        assertThat(stall.name()).startsWith("com.example.UserCode.call:");
        assertThat(stall.stack()).extracting(StackTraceElement::getMethodName).contains("holdsIt");
        release.countDown();
        await().until(() -> stalls.ended.size() == 1);
        assertThat(stalls.found).hasSize(1);
    }

    @Test
    void anItemThatHoldsACoreIsReported() throws Exception {
        CoreTask task = new Named("GET /blocking", () -> holdsIt(release));
        assertThat(loop.submit(() -> cores.dispatch(task, loop)).get(20, SECONDS)).isTrue();
        await().until(() -> !stalls.found.isEmpty());

        Stall stall = stalls.found.get(0);
        assertThat(stall.eventLoop()).isFalse();
        assertThat(stall.thread()).isEqualTo("watched-core-0");
        assertThat(stall.route()).isEqualTo("GET /blocking");
        assertThat(stall.heldFor()).isGreaterThanOrEqualTo(CORE_STALL);
        assertThat(stall.stack()).extracting(StackTraceElement::getMethodName).contains("holdsIt");
        release.countDown();
        await().until(() -> stalls.ended.size() == 1);
        assertThat(counters.get("watched-core-0").stalls()).isEqualTo(1);
    }

    @Test
    void aContinuationThatHoldsACoreIsReported() {
        core.execute(() -> holdsIt(release));
        await().until(() -> !stalls.found.isEmpty());

        assertThat(stalls.found.get(0).name()).isEqualTo("continuation");
        assertThat(stalls.found.get(0).thread()).isEqualTo("watched-core-0");
    }

    @Test
    void aLateNameIsFoundOutWhenItIsNeeded() {
        loop.execute(
                () -> {
                    Activity.current().begin("unknown");
                    Activity.rename((LateRoute) () -> "GET /late");
                    holdsIt(release);
                    Activity.current().end(null);
                });
        await().until(() -> !stalls.found.isEmpty());

        assertThat(stalls.found.get(0).route()).isEqualTo("GET /late");
    }

    /**
     * A listener that blocks is what makes the watchdog late here; else a pause of the JVM does.
     */
    @Test
    void whatTheWatchdogItselfMissedDoesNotCount() throws Exception {
        Duration pause = LOOP_STALL.multipliedBy(3);
        first =
                stall -> {
                    if (stall.name().equals("GET /one")) {
                        sleep(pause);
                    }
                };
        CountDownLatch loaded = new CountDownLatch(1);
        call(loop, "GET /zero", loaded); // so that no class is loaded during the pause
        await().until(() -> stalls.found.size() == 1);
        loaded.countDown();
        await().until(() -> stalls.ended.size() == 1);
        call(loop, "GET /one", release);
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> counters.values().stream().anyMatch(one -> one.runningNanos() > 0));
        call(otherLoop, "GET /two", otherRelease);
        await().until(() -> stalls.found.size() == 3);

        assertThat(stalls.found).extracting(Stall::name).contains("GET /one", "GET /two");
        assertThat(stalls.found).allMatch(stall -> stall.heldFor().compareTo(pause) < 0);
    }

    @Test
    void aThreadThatLoadsAClassIsNotHeld() {
        ClassLoader slow =
                new ClassLoader(null) {
                    @Override
                    protected Class<?> findClass(String name) throws ClassNotFoundException {
                        holdsIt(release);
                        throw new ClassNotFoundException(name);
                    }
                };
        loop.execute(
                () -> {
                    Activity.current().begin("GET /first");
                    try {
                        slow.loadClass("none");
                    } catch (ClassNotFoundException expected) {
                        holdsIt(otherRelease);
                    }
                    Activity.current().end(null);
                });
        core.execute(() -> holdsIt(otherRelease));
        await().until(() -> !stalls.found.isEmpty()); // so it would have been found too
        assertThat(stalls.found).extracting(Stall::name).containsExactly("continuation");

        release.countDown();
        await().until(() -> stalls.found.size() == 2);
        assertThat(stalls.found.get(1).name()).isEqualTo("GET /first");
    }

    @Test
    void aListenerThatFailsHarmsNobody() {
        first =
                stall -> {
                    throw new IllegalStateException("a listener");
                };
        call(loop, "GET /one", release);
        await().until(() -> stalls.found.size() == 1);
        call(otherLoop, "GET /two", otherRelease);
        await().until(() -> stalls.found.size() == 2);
    }

    @Test
    void stopEndsTheThreadAndItCanBeStartedAgain() throws Exception {
        assertThatIllegalStateException().isThrownBy(watchdog::start);
        for (int round = 0; round < 3; round++) {
            assertThat(threads()).isEqualTo(1);
            watchdog.stop();
            assertThat(threads()).isZero();
            watchdog.start();
        }
        loop.submit(() -> watchdog.watch(loop)).get(20, SECONDS);
        call(loop, "GET /slow", release);
        await().until(() -> stalls.found.size() == 1);
        assertThat(counters).hasSize(3);
    }

    @Test
    void anEventLoopThatEndsIsForgotten() throws Exception {
        group.shutdownGracefully(0, 10, SECONDS).syncUninterruptibly();
        core.execute(() -> holdsIt(release));
        await().until(() -> !stalls.found.isEmpty()); // it goes on looking at the others

        assertThat(stalls.found.get(0).thread()).isEqualTo("watched-core-0");
    }

    /** Work on a core that has a name. */
    private record Named(Object route, Runnable body) implements CoreTask {

        @Override
        public void run(Worker worker) {
            body.run();
        }

        @Override
        public void abort(Throwable cause) {}
    }

    private static void call(EventLoop where, Object route, CountDownLatch until) {
        where.execute(
                () -> {
                    Activity activity = Activity.current();
                    Object outer = activity.begin(route);
                    holdsIt(until);
                    activity.end(outer);
                });
    }

    private static void holdsIt(CountDownLatch until) {
        UserCode.call(() -> waitsFor(until));
    }

    private static void waitsFor(CountDownLatch until) {
        try {
            assertThat(until.await(20, SECONDS)).isTrue();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("fasterapi-watchdog"))
                .count();
    }
}
