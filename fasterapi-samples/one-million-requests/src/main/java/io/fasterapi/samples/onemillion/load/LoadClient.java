package io.fasterapi.samples.onemillion.load;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Resets the server, sends every event once, and compares the server's totals with what they must
 * be. Its own process; ends with 1 if a figure is off.
 */
public final class LoadClient {

    private static final int BAR = 40;

    private static final long LIMIT_SECONDS = 600;

    private static final double TICKS_PER_SECOND = 100; // what Linux shows in /proc, on any machine

    private final LoadOptions options;
    private final PrintStream out;

    LoadClient(LoadOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /**
     * Runs once.
     *
     * @param arguments {@code --port=8080 --requests=1000000 --connections=1000 --threads=1},
     *     {@code --pid=} the server's, to show its CPU time, {@code --bar=1} for a progress bar
     */
    public static void main(String[] arguments) throws Exception {
        boolean exact = new LoadClient(LoadOptions.parse(arguments), System.out).run();
        System.exit(exact ? 0 : 1);
    }

    /** Returns whether every answer was a 200 and every figure is exact. */
    boolean run() throws Exception {
        Figures.reset(options.port());
        Tally tally;
        double seconds;
        double cpu = cpuSeconds();
        long begin = System.nanoTime();
        try (Load load = new Load(options)) {
            tally = load.start();
            await(tally, begin);
            seconds = (System.nanoTime() - begin) / 1e9;
        }
        cpu = cpuSeconds() - cpu;
        summary(tally, seconds, cpu);
        return compare(tally);
    }

    private void await(Tally tally, long begin) throws Exception {
        while (true) {
            try {
                tally.end().get(200, TimeUnit.MILLISECONDS);
                draw(tally, begin);
                out.print(options.bar() ? "\n" : "");
                return;
            } catch (TimeoutException ex) {
                draw(tally, begin);
                if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
                    throw ex;
                }
            } catch (ExecutionException ex) {
                throw new IllegalStateException("the run broke off", ex.getCause());
            }
        }
    }

    private void draw(Tally tally, long begin) {
        if (!options.bar()) {
            return;
        }
        long done = tally.answered();
        int full = (int) (done * BAR / options.requests());
        out.printf(
                "\r[%s%s] %3d %%  %,d of %,d  %,.0f/s ",
                "#".repeat(full),
                ".".repeat(BAR - full),
                done * 100 / options.requests(),
                done,
                options.requests(),
                done / ((System.nanoTime() - begin) / 1e9));
        out.flush();
    }

    private void summary(Tally tally, double seconds, double cpu) {
        long[] nanos = tally.latencies();
        out.printf(
                "%,d requests on %,d connections in %.2f s: %,.0f requests/s%n",
                tally.answered(), options.connections(), seconds, tally.answered() / seconds);
        out.printf(
                "latency in ms: p50 %.2f, p90 %.2f, p99 %.2f, p99.9 %.2f, max %.2f%n",
                millis(nanos, 0.5),
                millis(nanos, 0.9),
                millis(nanos, 0.99),
                millis(nanos, 0.999),
                millis(nanos, 1));
        if (options.pid() != 0) {
            out.printf("CPU of the server: %.1f us per request%n", cpu / options.requests() * 1e6);
        }
    }

    private static double millis(long[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)] / 1e6;
    }

    private boolean compare(Tally tally) throws Exception {
        Figures expected = Figures.expected(options.requests());
        Figures actual = Figures.ask(options.port());
        boolean exact = actual.equals(expected) && tally.failed() == 0;
        out.printf(
                "total %,d, users %,d, sum %,.1f, average %,.3f, answers other than 200: %,d: %s%n",
                actual.requests(),
                actual.users(),
                actual.sum(),
                actual.average(),
                tally.failed(),
                exact ? "exact" : "NOT EXACT, expected " + expected);
        return exact;
    }

    private double cpuSeconds() throws Exception {
        if (options.pid() == 0) {
            return 0;
        }
        String stat = Files.readString(Path.of("/proc", Long.toString(options.pid()), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }
}
