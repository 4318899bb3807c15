package io.fasterapi.samples.quickstart.compare;

import io.fasterapi.samples.quickstart.compare.SideBySideResult.Difference;
import io.fasterapi.samples.quickstart.compare.SideBySideResult.Extent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * Sends the same requests to this application and to a stock one in the same JVM and compares what
 * they cost. One run at a time; it blocks its thread. Thread-safe.
 */
final class SideBySide {

    /*
     * Both get the same number of requests to warm up, in turns. Then each round measures stock,
     * this application, and stock again; of the two on stock, the earlier one is the control in
     * every second round. So drift of the machine meets all of them, and stock is compared with
     * itself by the same rule. Rounds are short: a slow machine has fewer of them in its time.
     */
    private static final int ROUND_REQUESTS = 200;

    private final SideBySideProperties limits;
    private final StockContext stock;
    private final AtomicBoolean running = new AtomicBoolean();

    SideBySide(SideBySideProperties limits, StockContext stock) {
        this.limits = limits;
        this.stock = stock;
    }

    /**
     * Compares.
     *
     * @param own where this application listens
     * @param path a path that both answer with 200, and alike each time
     * @param requests how many requests each series has
     */
    SideBySideResult run(InetSocketAddress own, String path, int requests)
            throws IOException, InterruptedException {
        if (!running.compareAndSet(false, true)) {
            throw new ResponseStatusException(
                    HttpStatus.CONFLICT, "A comparison is under way. Wait until it has ended.");
        }
        try {
            int port = stock.acquire();
            try {
                InetSocketAddress other =
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
                return compare(own, other, path, requests);
            } finally {
                stock.release();
            }
        } finally {
            running.set(false);
        }
    }

    private SideBySideResult compare(
            InetSocketAddress own, InetSocketAddress other, String path, int requests)
            throws IOException, InterruptedException {
        try (LoadClient client = new LoadClient()) {
            Run run = new Run(client, client.open(own, path), client.open(other, path));
            int warmUp = run.warmUp(limits.warmUp().toNanos());
            run.measure(requests / ROUND_REQUESTS, limits.measuring().toNanos());
            return run.result(path, warmUp);
        }
    }

    /** One comparison. Used by one thread. */
    private static final class Run {

        private final LoadClient client;
        private final List<Connection> ours;
        private final List<Connection> theirs;
        private final String expected;
        private final Series series = new Series();
        private @Nullable String different;

        Run(LoadClient client, List<Connection> ours, List<Connection> theirs) throws IOException {
            this.client = client;
            this.ours = ours;
            this.theirs = theirs;
            this.expected = theirs.get(0).exchange();
        }

        int warmUp(long nanos) throws IOException, InterruptedException {
            long end = System.nanoTime() + nanos;
            int sent = 0;
            try {
                do {
                    note(client.send(theirs, ROUND_REQUESTS, expected, end));
                    note(client.send(ours, ROUND_REQUESTS, expected, end));
                    sent += ROUND_REQUESTS;
                } while (true);
            } catch (TimeoutException ex) {
                return sent; // as planned
            }
        }

        void measure(int rounds, long nanos) throws IOException, InterruptedException {
            long end = System.nanoTime() + nanos;
            try {
                for (int round = 0; round < rounds; round++) {
                    boolean forth = round % 2 == 0;
                    Slice before = note(client.send(theirs, ROUND_REQUESTS, expected, end));
                    Slice between = note(client.send(ours, ROUND_REQUESTS, expected, end));
                    Slice after = note(client.send(theirs, ROUND_REQUESTS, expected, end));
                    series.add(between, forth ? before : after, forth ? after : before);
                }
            } catch (TimeoutException ex) {
                if (series.rounds() == 0) {
                    throw new ResponseStatusException(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "No round ended in time. Ask for fewer requests, or try again when"
                                    + " the machine is less busy.");
                }
            }
        }

        private Slice note(Slice slice) {
            if (slice.other() != null) {
                different = slice.other();
            }
            return slice;
        }

        SideBySideResult result(String path, int warmUp) {
            Extent extent =
                    new Extent(
                            series.requests(),
                            series.rounds(),
                            warmUp,
                            LoadClient.CONNECTIONS,
                            TimeUnit.MILLISECONDS.toSeconds(
                                    ManagementFactory.getRuntimeMXBean().getUptime()),
                            Runtime.getRuntime().availableProcessors());
            return new SideBySideResult(
                    path,
                    extent,
                    series.fasterapi(),
                    series.stock(),
                    series.ratios(),
                    different == null ? null : new Difference(different, expected));
        }
    }
}
