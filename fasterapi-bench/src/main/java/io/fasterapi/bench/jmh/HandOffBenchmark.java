package io.fasterapi.bench.jmh;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many items per second one thread takes over from one, two and four others, which hand over
 * bursts as fast as they can. The way is bounded, so what is handed over is what was run, but for
 * the few that are on their way; at the end every one must have been. Shared by the producers.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx512m"})
public class HandOffBenchmark {

    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

    @Param({
        "ring PARK",
        "ring YIELD",
        "ring SPIN",
        "ArrayBlockingQueue",
        "LinkedBlockingQueue",
        "executor",
        "JCTools MPSC",
        "Disruptor YIELD"
    })
    public String way = "";

    @Param({"1", "16"})
    public int burst;

    private final Counting item = new Counting();
    private final AtomicLong handedOver = new AtomicLong();

    @SuppressWarnings("NullAway.Init") // before the first call
    private HandOff handOff;

    /** The consumer's work: a count that nobody else writes. */
    private static final class Counting extends HandOff.Item {

        private final AtomicLong ran = new AtomicLong();

        @Override
        public void run() {
            ran.lazySet(ran.getPlain() + 1);
        }
    }

    /** Counts items, since an operation is a burst of them. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Items {

        public long items;

        private long all;

        @Setup(Level.Iteration)
        public void begin() {
            items = 0;
        }

        @TearDown(Level.Iteration)
        public void end(HandOffBenchmark benchmark) {
            benchmark.handedOver.addAndGet(all);
            all = 0;
        }
    }

    @Setup
    public void start() {
        handOff = HandOff.of(way);
    }

    @TearDown
    public void stop() throws InterruptedException {
        long end = System.nanoTime() + LONGEST_WAIT_NANOS;
        while (item.ran.get() != handedOver.get() && System.nanoTime() - end < 0) {
            Thread.sleep(1);
        }
        handOff.stop();
        if (item.ran.get() != handedOver.get()) {
            throw new IllegalStateException(
                    "ran: " + item.ran.get() + " (expected: " + handedOver.get() + ")");
        }
    }

    private void handOver(Items count) throws InterruptedException {
        handOff.handOver(item, burst);
        count.items += burst;
        count.all += burst;
    }

    @Benchmark
    @Threads(1)
    public void oneProducer(Items count) throws InterruptedException {
        handOver(count);
    }

    @Benchmark
    @Threads(2)
    public void twoProducers(Items count) throws InterruptedException {
        handOver(count);
    }

    @Benchmark
    @Threads(4)
    public void fourProducers(Items count) throws InterruptedException {
        handOver(count);
    }
}
