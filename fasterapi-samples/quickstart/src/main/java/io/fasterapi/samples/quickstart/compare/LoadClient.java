package io.fasterapi.samples.quickstart.compare;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;

/**
 * Sends requests over a few connections, a thread for each, which sends the next request when it
 * has the answer. The same client asks both applications. Used by one thread at a time, which
 * counts as the client's, too.
 */
final class LoadClient implements AutoCloseable {

    /** How many connections there are to each application. */
    static final int CONNECTIONS = 8;

    private final Set<Long> threads = ConcurrentHashMap.newKeySet();
    private final ExecutorService executor =
            Executors.newFixedThreadPool(CONNECTIONS, this::newThread);
    private final ServerCpu cpu = new ServerCpu(threads::contains);
    private final List<Connection> opened = new ArrayList<>();

    LoadClient() {
        threads.add(Thread.currentThread().getId());
    }

    private Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "side-by-side-client");
        thread.setDaemon(true);
        threads.add(thread.getId());
        return thread;
    }

    /** Opens the connections to one application. */
    List<Connection> open(InetSocketAddress server, String path) throws IOException {
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Connection connection = new Connection(server, path);
            opened.add(connection);
            connections.add(connection);
        }
        return connections;
    }

    /**
     * Sends requests and measures what they cost.
     *
     * @param connections whereto
     * @param requests how many, at least one for each connection
     * @param expected the answer that each should have
     * @param deadlineNanos when it ends in any case, as {@link System#nanoTime} counts
     * @throws TimeoutException if it came to that
     */
    Slice send(List<Connection> connections, int requests, String expected, long deadlineNanos)
            throws IOException, InterruptedException, TimeoutException {
        List<Callable<Slice>> shares = new ArrayList<>();
        for (Connection connection : connections) {
            shares.add(
                    () ->
                            share(
                                    connection,
                                    requests / connections.size(),
                                    expected,
                                    deadlineNanos));
        }
        Map<Long, Long> before = cpu.read();
        List<Future<Slice>> done = executor.invokeAll(shares);
        long nanos = cpu.nanosSince(before);
        List<Slice> parts = new ArrayList<>();
        for (Future<Slice> part : done) {
            parts.add(result(part));
        }
        return Slice.of(parts, nanos);
    }

    private static Slice share(
            Connection connection, int requests, String expected, long deadlineNanos)
            throws IOException, TimeoutException {
        long[] latencies = new long[requests];
        String other = null;
        for (int i = 0; i < requests; i++) {
            long start = System.nanoTime();
            if (start - deadlineNanos > 0) {
                throw new TimeoutException();
            }
            String answer = connection.exchange();
            latencies[i] = System.nanoTime() - start;
            if (!answer.equals(expected)) {
                other = answer;
            }
        }
        return new Slice(0, latencies, other);
    }

    private static Slice result(Future<Slice> part)
            throws IOException, InterruptedException, TimeoutException {
        try {
            return part.get();
        } catch (ExecutionException ex) {
            if (ex.getCause() instanceof TimeoutException late) {
                throw late;
            }
            throw new IOException(ex.getCause());
        }
    }

    @Override
    public void close() {
        opened.forEach(Connection::close);
        executor.shutdownNow();
    }
}
