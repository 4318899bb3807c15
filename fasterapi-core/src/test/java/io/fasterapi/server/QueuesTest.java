package io.fasterapi.server;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.cores.CoreOptions;
import io.fasterapi.cores.CoreTask;
import io.fasterapi.cores.HandlerCores;
import io.fasterapi.cores.ThreadWorkers;
import io.fasterapi.cores.WaitMode;
import io.fasterapi.cores.Worker;
import io.fasterapi.exchange.Admission;
import io.fasterapi.exchange.InFlight;
import io.fasterapi.exchange.LoopWait;
import io.fasterapi.exchange.Passage;
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
    private final InFlight inFlight = new InFlight(10);
    private final LoopWait loops = LoopWait.atMost(Duration.ofNanos(1), () -> 0);
    private final EventLoop loop = new DefaultEventLoop();
    private final CountDownLatch release = new CountDownLatch(1);
    private final Map<Refused, DrainTime> queues = Workers.queues(cores, threads, inFlight, loops);

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
        Passage passage =
                Admission.of(inFlight)
                        .passage(
                                Placements.of(Placement.CORE).of("GET", "/", null).load(),
                                EmptyHttpHeaders.INSTANCE);
        assertHolds(Refused.LIMIT, passage::begin);
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
