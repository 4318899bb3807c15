package io.fasterapi.bench.jmh;

import io.fasterapi.watchdog.Activity;
import io.fasterapi.watchdog.Watchdog;
import io.fasterapi.watchdog.WatchdogOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs a request that its thread is watched. On Netty's threads, by a live watchdog. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {NettyThreads.CUSTOM, NettyThreads.CLASS, "-Xmx512m"})
public class ActivityBenchmark {

    private final Watchdog watchdog = new Watchdog(WatchdogOptions.defaults(), List::of);
    private final Object route = new Object();
    private final Object otherRoute = new Object();
    private final Activity activity = new Activity();

    @Setup
    public void watch() {
        activity.attach();
        watchdog.start();
        watchdog.watch("bench", activity);
    }

    @TearDown
    public void stop() {
        watchdog.stop();
    }

    /** An item on a core: the record is the core's own. */
    @Benchmark
    public void onACore() {
        activity.begin(route);
        activity.end(null);
    }

    /** An inline route: the record is the thread's. */
    @Benchmark
    public void inline() {
        Activity current = Activity.current();
        current.end(current.begin(route));
    }

    /** Two items whose routes change each time: the worst case; divide by two. */
    @Benchmark
    public void changingRoutes() {
        activity.begin(route);
        activity.end(null);
        activity.begin(otherRoute);
        activity.end(null);
    }
}
