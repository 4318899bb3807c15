package io.fasterapi.bench.jmh;

import io.fasterapi.batch.BatchFunction;
import io.fasterapi.batch.BatchOptions;
import io.fasterapi.batch.BatchWorkers;
import io.fasterapi.batch.Batcher;
import io.fasterapi.core.CoreOptions;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.core.ThreadWorkers;
import io.fasterapi.core.WaitMode;
import java.time.Duration;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * Ten items at once for a function that works for some time per call, on a handler core: handed
 * over one by one, and through a batcher. Time per item, until the last one is answered.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-Xmx512m")
public class BatchBenchmark {

    private static final int ITEMS = 10;

    /** Tokens of {@link Blackhole#consumeCPU} per call; 1,500 are about 3 us here. */
    @Param({"0", "1500"})
    public int tokens;

    private final HandlerCores cores =
            new HandlerCores(new CoreOptions(1, 4096, WaitMode.PARK, false, "bench-core-"));
    private final Batcher<Integer, Integer> batcher =
            Batcher.create(
                    "bench",
                    BatchOptions.defaults(),
                    BatchFunction.ofList(
                            items -> {
                                Blackhole.consumeCPU(tokens);
                                return items;
                            }),
                    BatchWorkers.of(cores, ThreadWorkers.pooled()));

    @Setup
    public void start() {
        cores.start();
    }

    @TearDown
    public void stop() throws InterruptedException {
        cores.stop(Duration.ofSeconds(5));
    }

    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public void oneByOne() throws InterruptedException {
        CountDownLatch answered = new CountDownLatch(ITEMS);
        for (int i = 0; i < ITEMS; i++) {
            cores.any()
                    .execute(
                            () -> {
                                Blackhole.consumeCPU(tokens);
                                answered.countDown();
                            });
        }
        answered.await();
    }

    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public void batched() throws InterruptedException {
        CountDownLatch answered = new CountDownLatch(ITEMS);
        for (int i = 0; i < ITEMS; i++) {
            batcher.submit(i).subscribe(value -> answered.countDown());
        }
        answered.await();
    }
}
