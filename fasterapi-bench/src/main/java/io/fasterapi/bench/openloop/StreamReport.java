package io.fasterapi.bench.openloop;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of one stream's requests. Immutable.
 *
 * <p>Every request that was due in the counted seconds is in exactly one of: the counts of {@code
 * ok} and {@code refused}, {@code other}, {@code timedOut}, {@code dropped}, {@code failed}.
 *
 * @param name name of the stream
 * @param path path of its requests
 * @param rate requests due per second
 * @param sent requests given to a connection
 * @param goodput answers of status 2xx per second that came in the counted seconds
 * @param ok answers of status 2xx
 * @param refused answers of status 503
 * @param other answers of any other status
 * @param timedOut requests without an answer in time, sent or still waiting
 * @param dropped requests that found the queue full
 * @param failed requests whose connection could not be opened, or broke
 * @param late how late the generator itself was
 * @param seconds the counted seconds, by the time of the answer
 */
record StreamReport(
        String name,
        String path,
        double rate,
        long sent,
        double goodput,
        Latency ok,
        Latency refused,
        long other,
        long timedOut,
        long dropped,
        long failed,
        Latency late,
        List<Second> seconds) {

    /**
     * What was answered within one second.
     *
     * @param second how many seconds after the first
     * @param ok answers of status 2xx
     * @param refused answers of status 503
     * @param p99 what 99 % of the latencies of {@code ok} did not exceed, in milliseconds
     */
    record Second(int second, long ok, long refused, double p99) {}

    static StreamReport of(RequestStream stream, double seconds, Tally tally) {
        List<Second> series = new ArrayList<>();
        for (int i = 0; i < tally.seconds(); i++) {
            Tally.Second second = tally.second(i);
            series.add(
                    new Second(
                            i,
                            second.ok.getTotalCount(),
                            second.refused,
                            Latency.millis(second.ok, 99)));
        }
        return new StreamReport(
                stream.name(),
                stream.path(),
                stream.perSecond(),
                tally.sent,
                tally.okInWindow() / seconds,
                Latency.of(tally.ok),
                Latency.of(tally.refused),
                tally.other,
                tally.timedOut,
                tally.dropped,
                tally.failed,
                Latency.of(tally.late),
                List.copyOf(series));
    }
}
