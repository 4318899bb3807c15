package io.fasterapi.watchdog;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * An event loop that does not come round, and what is no stall all the same. The looks are the
 * test's, and so is the time between them.
 */
class WatchedThreadTest {

    private static final long LIMIT_NANOS = 1_000_000_000;
    private static final long LOOK_NANOS = 250_000_000;

    /** In looks. */
    private static final int LIMIT = 4;

    private static final int THREE_LIMITS = 3 * LIMIT;

    private final Stalls stalls = new Stalls();
    private final EventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, Stirred::new, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final HandlerCores cores =
            new HandlerCores(new CoreOptions(1, 8, WaitMode.PARK, false, "seen-core-"));
    private final HandlerCore core = cores.cores().get(0);

    @AfterEach
    void stop() {
        cores.stop(Duration.ofSeconds(10));
        group.shutdownGracefully(0, 10, SECONDS).syncUninterruptibly();
    }

    /** One round of the loop; it looks at itself. */
    private void round(Consumer<WatchedThread> body) throws Exception {
        Runnable round = () -> body.accept(watched());
        loop.submit(() -> UserCode.call(round)).get(20, SECONDS);
    }

    private WatchedThread watched() {
        return new WatchedThread(
                Activity.current(),
                new StallCounters("seen"),
                LIMIT_NANOS,
                new LoopBeat(loop, LIMIT_NANOS),
                stalls);
    }

    private void look(WatchedThread watched, int times, Runnable before) {
        for (int i = 0; i < times; i++) {
            before.run();
            assertThat(watched.look(LOOK_NANOS)).isTrue();
        }
    }

    /** A thread that begins a call, if it is asked to, just when somebody looks at its stack. */
    private static final class Stirred extends Thread {

        private boolean stirs;

        Stirred(Runnable task) {
            super(task);
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            if (stirs) {
                fastCall();
            }
            return super.getStackTrace();
        }
    }

    /** It has read many connections in one round, and comes to their requests now. */
    @Test
    void aLoopThatGoesOnJustThenIsNotHeld() throws Exception {
        round(
                watched -> {
                    ((Stirred) Thread.currentThread()).stirs = true;
                    look(watched, THREE_LIMITS, () -> {});
                    assertThat(stalls.found).isEmpty();
                    ((Stirred) Thread.currentThread()).stirs = false;
                    look(watched, LIMIT + 1, () -> {});
                });
        assertThat(stalls.found).hasSize(1);
    }

    private static void fastCall() {
        Activity.current().begin("GET /fast");
        Activity.current().end(null);
    }

    @Test
    void fastCallsAreNeverReported() throws Exception {
        round(
                watched -> {
                    look(watched, THREE_LIMITS, WatchedThreadTest::fastCall);
                    assertThat(stalls.found).isEmpty();
                    look(watched, LIMIT, () -> {});
                });
        assertThat(stalls.found)
                .extracting(Stall::name)
                .allMatch(name -> name.startsWith("com.example.UserCode.call:"))
                .hasSize(1);
    }

    /** A loop that reads burst after burst begins no call of its own, but is not held either. */
    @Test
    void aLoopThatPublishesIsBusy() throws Exception {
        cores.start();
        assertThat(loop.submit(() -> cores.dispatch(new Nothing(), loop)).get(20, SECONDS))
                .isTrue(); // the cores know the loop then
        round(
                watched -> {
                    look(watched, THREE_LIMITS, () -> cores.execute(core, () -> {}));
                    assertThat(stalls.found).isEmpty();
                    look(watched, LIMIT, () -> {});
                });
        assertThat(stalls.found)
                .extracting(Stall::name)
                .allMatch(name -> name.startsWith("com.example.UserCode.call:"))
                .hasSize(1);
    }

    @Test
    void aCallIsReportedAfterItsLimitAndNotBefore() throws Exception {
        round(
                watched -> {
                    Activity.current().begin("GET /slow");
                    look(watched, LIMIT, () -> {}); // the first one finds it
                    assertThat(stalls.found).isEmpty();
                    look(watched, 1, () -> {});
                    Activity.current().end(null);
                });
        assertThat(stalls.found).extracting(Stall::name).containsExactly("GET /slow");
        assertThat(stalls.found.get(0).heldFor()).isEqualTo(Duration.ofNanos(LIMIT_NANOS));
    }

    /** Whatever it waits for, its selector for one, or is busy with: nobody else called for it. */
    @Test
    void aThreadWithoutCodeOfTheApplicationIsNotHeld() throws Exception {
        loop.submit(
                        () -> {
                            WatchedThread watched = watched();
                            look(watched, THREE_LIMITS, () -> {});
                            Activity.current().begin("GET /fast");
                            look(watched, THREE_LIMITS, () -> {});
                            assertThat(stalls.found).isEmpty();
                            UserCode.call(() -> look(watched, LIMIT, () -> {}));
                            Activity.current().end(null);
                        })
                .get(20, SECONDS);
        assertThat(stalls.found).extracting(Stall::name).containsExactly("GET /fast");
    }

    @Test
    void aThreadWithoutACpuIsNotHeld() throws Exception {
        AtomicBoolean hasCpu = new AtomicBoolean();
        round(
                watched -> {
                    Activity.current()
                            .timedBy(
                                    new HeldTime() {
                                        @Override
                                        long nanos(long passedNanos) {
                                            return hasCpu.get() ? passedNanos : 0;
                                        }
                                    });
                    Activity.current().begin("GET /ready");
                    look(watched, THREE_LIMITS, () -> {});
                    assertThat(stalls.found).isEmpty();
                    hasCpu.set(true);
                    look(watched, LIMIT, () -> {});
                    Activity.current().end(null);
                });
        assertThat(stalls.found).extracting(Stall::name).containsExactly("GET /ready");
    }

    /** Work that is done at once. */
    private record Nothing() implements CoreTask {

        @Override
        public void run(Worker worker) {}

        @Override
        public void abort(Throwable cause) {}
    }
}
