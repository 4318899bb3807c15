package io.fasterapi.spring.webflux.dispatch;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import com.netflix.concurrency.limits.limit.WindowedLimit;
import io.fasterapi.placement.ConcurrencyLimit;

/**
 * A limit that falls when requests take longer than they used to, computed by Netflix'
 * concurrency-limits. Thread-safe. A thread waits for another at most once per window, when a new
 * limit is computed.
 */
public final class AdaptiveLimit implements ConcurrencyLimit {

    private static final int LEAST = 20;
    private static final int FIRST = 100;

    private final Limit limit;

    /**
     * Creates the limit of one route.
     *
     * @param most the highest limit, at least 1
     */
    public AdaptiveLimit(int most) {
        int least = Math.min(LEAST, most);
        limit =
                WindowedLimit.newBuilder()
                        .build(
                                Gradient2Limit.newBuilder()
                                        .initialLimit(Math.min(FIRST, most))
                                        .minLimit(least)
                                        .maxConcurrency(most)
                                        .build());
    }

    @Override
    public int now() {
        return limit.getLimit();
    }

    @Override
    public boolean isLearning() {
        return true;
    }

    @Override
    public void ended(long begunNanos, long nanos, int underWay, boolean failed) {
        limit.onSample(begunNanos, nanos, underWay, failed);
    }
}
