package io.fasterapi.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Adds up the counters of a pool's threads. A thread with a stack counts there, without
 * synchronisation. Other threads, and rare events, count here.
 */
final class PoolTally<T> implements PoolCounters {

    /*
     * Hits, misses, returns, discards and losses only grow. The number of objects in use and the
     * number of idle ones follow from them. A hit or a miss puts an object into use; a return or a
     * loss ends the use. A return makes an object idle or discards it; an idle object ends as a hit
     * or is discarded.
     *
     * The lock guards the list of stacks. A thread takes it when it gets or leaves its stack, and
     * so does a scrape of the meters.
     */
    private final List<LocalStack<T>> stacks = new ArrayList<>();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder returns = new LongAdder();
    private final LongAdder discards = new LongAdder();
    private final LongAdder losses = new LongAdder();

    synchronized void add(LocalStack<T> stack) {
        stacks.add(stack);
    }

    /** Takes over the counters of a stack whose thread ends. */
    synchronized void retire(LocalStack<T> stack) {
        if (stacks.remove(stack)) {
            hits.add(stack.hits());
            returns.add(stack.returns());
        }
    }

    synchronized List<LocalStack<T>> stacks() {
        return List.copyOf(stacks);
    }

    void hit() {
        hits.increment();
    }

    void missed() {
        misses.increment();
    }

    void returned() {
        returns.increment();
    }

    void gaveUp() {
        discards.increment();
    }

    void lostOne() {
        losses.increment();
    }

    private synchronized long returns() {
        return stacks.stream().mapToLong(LocalStack::returns).sum() + returns.sum();
    }

    @Override
    public synchronized long hits() {
        return stacks.stream().mapToLong(LocalStack::hits).sum() + hits.sum();
    }

    @Override
    public long misses() {
        return misses.sum();
    }

    @Override
    public long inUse() {
        long ended = returns() + losses.sum(); // read first: each use that has ended has begun
        return Math.max(0, hits() + misses() - ended);
    }

    @Override
    public long idle() {
        long ended = hits() + discards.sum();
        return Math.max(0, returns() - ended);
    }

    @Override
    public long discarded() {
        return discards.sum();
    }

    @Override
    public long lost() {
        return losses.sum();
    }
}
