package io.fasterapi.netty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.admission.Admission;
import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.admission.EventLoopLag;
import io.fasterapi.admission.RequestPermit;
import io.fasterapi.core.CoreOptions;
import io.fasterapi.core.CoreTask;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.core.ThreadWorkers;
import io.fasterapi.core.WaitMode;
import io.fasterapi.core.Worker;
import io.fasterapi.placement.DrainTime;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.Placements;
import io.fasterapi.placement.Refused;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each cause has the time of its own queue: none while that is empty. */
class QueuesTest {

    private final HandlerCores cores =
            new HandlerCores(new CoreOptions(2, 64, WaitMode.PARK, false, "queues-core-"));
    private final ThreadWorkers threads = new ThreadWorkers(task -> {}, () -> {});
    private final ConcurrencyLimiter limiter = new ConcurrencyLimiter(10);
    private final EventLoopLag loops = EventLoopLag.atMost(Duration.ofNanos(1), () -> 0);
    private final EventLoop loop = new DefaultEventLoop();
    private final CountDownLatch release = new CountDownLatch(1);
    private final Map<Refused, DrainTime> queues = Workers.queues(cores, threads, limiter, loops);

    private record Held(CountDownLatch release) implements CoreTask {

        @Override
        public void run(Worker worker) throws InterruptedException {
            release.await();
        }

        @Override
        public void abort(Throwable cause) {}
    }

    @BeforeEach
    void start() {
        cores.start();
    }

    @AfterEach
    void stop() {
        release.countDown();
        cores.stop(Duration.ofSeconds(20));
        loop.shutdownGracefully(0, 10, SECONDS).syncUninterruptibly();
    }

    private void assertHolds(Refused cause, Runnable hold) {
        DrainTime queue = queues.get(cause);
        assertThat(queue.nanos()).isZero();
        hold.run();
        await().atMost(20, SECONDS).until(() -> queue.nanos() > 0);
        queues.forEach(
                (other, time) -> {
                    if (time != queue && other != Refused.LOOP_BUSY && other != Refused.WAITED) {
                        assertThat(time.nanos()).as(other.name()).isZero();
                    }
                });
    }

    @Test
    void rings() {
        assertThat(queues.get(Refused.WAITED).nanos()).isZero();
        assertHolds(
                Refused.RING_FULL,
                () ->
                        loop.submit(() -> cores.dispatch(new Held(release), loop))
                                .syncUninterruptibly());
        assertThat(queues.get(Refused.WAITED).nanos()).isPositive();
    }

    @Test
    void threadsOfTheirOwn() {
        assertHolds(Refused.NO_THREAD, () -> threads.dispatch(new Held(release)));
        assertThat(queues.get(Refused.WAITED).nanos()).isPositive();
    }

    @Test
    void allThatIsUnderWay() {
        RequestPermit permit =
                Admission.of(limiter)
                        .permit(
                                Placements.of(Placement.CORE).of("GET", "/", null).load(),
                                EmptyHttpHeaders.INSTANCE);
        assertHolds(Refused.LIMIT, permit::begin);
    }

    @Test
    void eventLoops() throws Exception {
        DrainTime round = queues.get(Refused.LOOP_BUSY);
        assertThat(round.nanos()).isEqualTo(DrainTime.UNKNOWN_NANOS);
        loop.submit(
                        () -> {
                            long before = System.nanoTime();
                            loops.isTooLong(loop);
                            assertThat(round.nanos()).isBetween(0L, System.nanoTime() - before);
                        })
                .get(20, SECONDS);
    }
}
