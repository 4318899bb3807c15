package io.fasterapi.batch;

import io.fasterapi.log.SafeLog;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * One batch under way: calls the function and hands its results to the callers. A worker starts it;
 * any thread may end it, once.
 */
final class BatchRun<I, O> implements CoreSubscriber<List<BatchResult<O>>> {

    /*
     * A batch is cancelled when all of its callers have gone. So a publisher that never completes
     * blocks its lane only as long as a caller waits for it. Until `start` has returned, the
     * function may still run on the worker, and the lane must wait for it. A caller that leaves in
     * that time is noticed at the end of `start`.
     */
    private static final System.Logger LOGGER = System.getLogger(BatchRun.class.getName());

    private final Batcher<I, O> batcher;
    private final BatchLane<I, O> lane;
    private final List<Submission<I, O>> submissions;
    private final LongConsumer onEnd;
    private final AtomicBoolean ended = new AtomicBoolean();
    private long begunNanos;
    private volatile @Nullable Subscription subscription;
    private volatile boolean started;

    /**
     * Creates a batch.
     *
     * @param onEnd called once at the end, with the time at which the batch began
     */
    BatchRun(
            Batcher<I, O> batcher,
            BatchLane<I, O> lane,
            List<Submission<I, O>> submissions,
            LongConsumer onEnd) {
        this.batcher = batcher;
        this.lane = lane;
        this.submissions = submissions;
        this.onEnd = onEnd;
    }

    /** Calls the function. On a worker. */
    void start() {
        begunNanos = batcher.waits().nowNanos();
        try {
            List<I> items = new ArrayList<>(submissions.size());
            submissions.removeIf(each -> !joined(each));
            for (Submission<I, O> submission : submissions) {
                batcher.counters().began(begunNanos - submission.submittedNanos());
                items.add(submission.item());
            }
            if (!items.isEmpty()) {
                batcher.call(Collections.unmodifiableList(items)).subscribe(this);
            }
        } catch (Throwable ex) {
            onError(ex);
        }
        started = true;
        callerGone();
    }

    private boolean joined(Submission<I, O> submission) {
        boolean joined = submission.join(this);
        if (!joined) {
            batcher.counters().cancel();
        }
        return joined;
    }

    /** A caller waits no longer. If it was the last one, the batch is cancelled. */
    void callerGone() {
        if (started && !ended.get() && isAbandoned() && end()) {
            cancel();
            onEnd.accept(begunNanos);
        }
    }

    private boolean isAbandoned() {
        for (Submission<I, O> submission : submissions) {
            if (!submission.isOver()) {
                return false;
            }
        }
        return true;
    }

    private void cancel() {
        Subscription under = subscription;
        try {
            if (under != null) {
                under.cancel();
            }
        } catch (Throwable ex) {
            SafeLog.error(
                    LOGGER,
                    () -> batcher + ": the batch function failed when it was cancelled",
                    ex);
        }
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<BatchResult<O>> results) {
        List<BatchResult<O>> own;
        try {
            own = new ArrayList<>(results); // a list of the application may throw
        } catch (Throwable ex) {
            onError(ex);
            return;
        }
        if (own.size() != submissions.size()) {
            wrongCount(own.size());
        } else if (end()) {
            finish(
                    () -> {
                        for (int i = 0; i < own.size(); i++) {
                            BatchResult<O> result = own.get(i);
                            submissions
                                    .get(i)
                                    .answer(result == null ? BatchResult.of(null) : result);
                        }
                    });
        }
    }

    @Override
    public void onComplete() {
        wrongCount(0); // does nothing if there was a result
    }

    private void wrongCount(int results) {
        if (!end()) {
            return;
        }
        String sentence =
                "batcher "
                        + batcher.name()
                        + ": "
                        + results
                        + " results for "
                        + submissions.size()
                        + " items (expected: one for each, in the same order); the batch fails";
        SafeLog.error(LOGGER, () -> sentence, null);
        batcher.counters().fail();
        fail(new IllegalStateException(sentence));
    }

    @Override
    public void onError(Throwable failure) {
        if (!end()) {
            return;
        }
        batcher.counters().fail();
        if (batcher.options().idempotent() && submissions.size() > 1) {
            Iterator<Submission<I, O>> left = submissions.iterator();
            lane.execute(() -> tryNext(left));
        } else {
            fail(failure);
        }
    }

    /** Tries the items of a failed batch one by one. The lane waits until all are done. */
    private void tryNext(Iterator<Submission<I, O>> left) {
        while (left.hasNext()) {
            Submission<I, O> next = left.next();
            if (!next.isOver()) {
                List<Submission<I, O>> alone = new ArrayList<>(1);
                alone.add(next);
                LongConsumer goOn = begun -> lane.execute(() -> tryNext(left));
                new BatchRun<>(batcher, lane, alone, goOn).start();
                return;
            }
        }
        onEnd.accept(begunNanos);
    }

    private void fail(Throwable failure) {
        finish(() -> submissions.forEach(each -> each.fail(failure)));
    }

    /** Gives the answers. If the function has returned, the next batch begins before that. */
    private void finish(Runnable answers) {
        if (started) {
            onEnd.accept(begunNanos);
            answers.run();
        } else {
            answers.run();
            onEnd.accept(begunNanos);
        }
    }

    private boolean end() {
        boolean first = ended.compareAndSet(false, true);
        if (first && !submissions.isEmpty()) {
            batcher.counters().ended(submissions.size(), batcher.waits().nowNanos() - begunNanos);
        }
        return first;
    }
}
