package io.fasterapi.bench.jmh;

import io.fasterapi.core.LoopReturn;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one item costs that goes to a consuming thread and from there back to an event loop, many at
 * a time: the hand-back in chains against one task of the event loop for each. One thread hands
 * over, and waits for the last.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx512m"})
public class RoundTripBenchmark {

    private static final int ITEMS = 32_768;

    /** There by this way; back in the chains of a core, or as a task for each item. */
    @Param({
        "ring PARK, chains",
        "ring PARK, tasks",
        "ring YIELD, chains",
        "ring YIELD, tasks",
        "ArrayBlockingQueue, tasks",
        "LinkedBlockingQueue, tasks",
        "executor, tasks"
    })
    public String way = "";

    private final MultiThreadIoEventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(
                    1, new DefaultThreadFactory("bench-loop", true), NioIoHandler.newFactory());
    private final EventLoop loop = loops.next();
    private final List<Returned> items = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // before the first call
    private HandOff handOff;

    private boolean chains;

    /** Read and written on the event loop, but for the beginning. */
    private long returned;

    private volatile CountDownLatch allBack = new CountDownLatch(1);

    /** One item: it goes there, and comes back. */
    private final class Returned extends HandOff.Item {

        private final Back way = new Back();

        @Override
        public void run() {
            if (chains) {
                way.returnToLoop();
            } else {
                loop.execute(way);
            }
        }
    }

    private final class Back extends LoopReturn {

        Back() {
            super(loop);
        }

        @Override
        protected void onLoop() {
            if (++returned == ITEMS) {
                allBack.countDown();
            }
        }
    }

    @Setup
    public void start() {
        int comma = way.indexOf(',');
        chains = way.endsWith("chains");
        handOff = HandOff.of(way.substring(0, comma));
        for (int i = 0; i < ITEMS; i++) {
            items.add(new Returned());
        }
    }

    @TearDown
    public void stop() throws InterruptedException {
        handOff.stop();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
    }

    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public long thereAndBack() throws InterruptedException {
        returned = 0; // seen by the event loop through the hand-over
        CountDownLatch all = new CountDownLatch(1);
        allBack = all;
        for (int i = 0; i < ITEMS; i++) {
            handOff.handOver(items.get(i), 1);
        }
        all.await();
        return returned;
    }
}
