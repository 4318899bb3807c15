package io.fasterapi.bench.jmh;

import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.admission.Ending;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.Placements;
import io.fasterapi.placement.Refused;
import io.fasterapi.placement.RoutePlacement;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs a request that its call is timed for {@code auto} and that it is counted while it
 * is under way. On Netty's threads; all threads share the route.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {NettyThreads.CUSTOM, NettyThreads.CLASS, "-Xmx512m"})
public class PlacementBenchmark {

    private static final long LIMIT = 50_000;

    private final RoutePlacement auto =
            Placements.of(Placement.AUTO).of("GET", "/measured", Placement.AUTO);
    private final RoutePlacement fixed =
            Placements.of(Placement.AUTO).of("GET", "/fixed", Placement.CORE);
    private final ConcurrencyLimiter limiter = new ConcurrencyLimiter(LIMIT);

    /** The handler's call. */
    @State(Scope.Thread)
    public static class Call implements Runnable {

        private long calls;

        @Override
        @CompilerControl(CompilerControl.Mode.DONT_INLINE)
        public void run() {
            calls++;
        }
    }

    /** What is left if nothing is measured. */
    @Benchmark
    public long fixedPlacement(Call call) {
        fixed.run(Placement.CORE, call);
        return call.calls;
    }

    /** Two looks at the clock, and the route's window. */
    @Benchmark
    public long autoPlacement(Call call) {
        auto.run(Placement.CORE, call);
        return call.calls;
    }

    /** In and out, in the application and in its route. */
    @Benchmark
    public @Nullable Refused counting() {
        Refused refused = limiter.refusal(auto.load());
        auto.load().leave(0, false);
        limiter.end(Ending.ANSWERED, refused == null);
        return refused;
    }
}
