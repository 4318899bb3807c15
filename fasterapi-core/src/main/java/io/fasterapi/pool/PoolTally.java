package io.fasterapi.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Adds up what the threads of a pool have counted. Each thread with a stack counts in it without
 * synchronisation; the others, and what is rare, count here.
 */
final class PoolTally<T> implements PoolCounters {

    /*
     * Four counts are kept, each of which only grows; the two states follow from them. Every hit
     * and every miss puts an object into use, and its return or its loss ends that. Every return
     * makes an object idle or discards it, and an idle one ends as a hit or is discarded.
     *
     * The lock is for the list of stacks: taken when a thread comes or goes, and by a scrape.
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

    /** Takes over what a stack has counted; its thread ends. */
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
        long ended = returns() + losses.sum(); // first: what has ended has begun
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
