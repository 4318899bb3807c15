package io.fasterapi.placement;

import io.fasterapi.log.LaterLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Detects overload episodes. An episode begins with a refusal and ends when nothing has been
 * refused for {@link #QUIET}. Each episode is logged as one warning with its cause and one line at
 * its end. One thread calls {@link #look}; any thread may read.
 */
public final class Overload {

    private final LaterLog log = new LaterLog(System.getLogger(Overload.class.getName()));

    /** An episode ends when nothing has been refused for this long. */
    static final Duration QUIET = Duration.ofSeconds(10);

    /** The most routes that the warning names. */
    private static final int SHOWN = 3;

    private final List<Source> sources = new CopyOnWriteArrayList<>();
    private long known;
    private long lastNanos;
    private long begunNanos;
    private volatile boolean running;
    private volatile long lastedNanos;

    /** The refusals of one route for one cause. */
    private static final class Source {

        private final RouteLoad load;
        private final Refused cause;
        private long before;

        Source(RouteLoad load, Refused cause) {
            this.load = load;
            this.cause = cause;
        }

        /** Returns how many requests were refused in this episode. */
        long fresh() {
            return load.refused(cause) - before;
        }
    }

    Overload() {}

    /** A request of a route has been refused for this cause for the first time. Any thread. */
    void refused(RouteLoad load, Refused cause) {
        if (cause
                != Refused.DEADLINE) { // the deadline is the caller's, it says nothing of overload
            sources.add(new Source(load, cause));
        }
    }

    /** Looks for refusals since the last look. One thread only. */
    public void look(long nowNanos) {
        long now = sources.stream().mapToLong(Source::fresh).sum();
        if (now != known) {
            known = now;
            lastNanos = nowNanos;
            if (!running) {
                begin(nowNanos);
            }
        } else if (running && nowNanos - lastNanos >= QUIET.toNanos()) {
            end();
        }
        lastedNanos = lastNanos - begunNanos;
    }

    /**
     * Returns how long requests have been refused in the present episode, or zero if there is none.
     * Any thread.
     */
    public Duration lasted() {
        return running ? Duration.ofNanos(lastedNanos) : Duration.ZERO;
    }

    private void begin(long nowNanos) {
        begunNanos = nowNanos;
        lastedNanos = 0;
        running = true;
        String routes =
                sources.stream()
                        .filter(source -> source.fresh() > 0)
                        .map(source -> source.load.route() + " (" + source.cause.label() + ")")
                        .limit(SHOWN)
                        .collect(Collectors.joining(", "));
        log.log(
                System.Logger.Level.WARNING,
                "FasterAPI: an overload episode begins, requests are refused: "
                        + routes
                        + ". Another line says when it is over. If it lasts, offer less load or add"
                        + " CPUs");
    }

    private void end() {
        running = false;
        Map<String, Long> causes =
                sources.stream()
                        .filter(source -> source.fresh() > 0)
                        .collect(
                                Collectors.groupingBy(
                                        source -> source.cause.label(),
                                        TreeMap::new,
                                        Collectors.summingLong(Source::fresh)));
        log.log(
                System.Logger.Level.INFO,
                "FasterAPI: the overload episode is over after "
                        + TimeUnit.NANOSECONDS.toSeconds(lastNanos - begunNanos)
                        + " s; requests refused, by cause: "
                        + causes);
        known = 0;
        sources.forEach(source -> source.before += source.fresh());
    }
}
