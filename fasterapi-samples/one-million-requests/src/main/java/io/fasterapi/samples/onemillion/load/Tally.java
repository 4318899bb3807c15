package io.fasterapi.samples.onemillion.load;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Hands out the events of one run and keeps what became of them. Shared by all connections. */
final class Tally {

    private final int requests;
    private final AtomicInteger next = new AtomicInteger();
    private final LongAdder answered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final AtomicInteger working;
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    /** By event; each element is written by the connection that sent it. */
    private final long[] nanos;

    Tally(int requests, int connections) {
        this.requests = requests;
        this.working = new AtomicInteger(connections);
        this.nanos = new long[requests];
    }

    /** Returns the number of an event that nobody has sent, or -1 if there is none left. */
    int next() {
        int i = next.getAndIncrement();
        return i < requests ? i : -1;
    }

    void answered(int i, int status, long took) {
        nanos[i] = took;
        answered.increment();
        if (status != 200) {
            failed.increment();
        }
    }

    /** A connection has nothing left to do. */
    void finished() {
        if (working.decrementAndGet() == 0) {
            end.complete(null);
        }
    }

    void broken(Throwable cause) {
        end.completeExceptionally(cause);
    }

    CompletableFuture<Void> end() {
        return end;
    }

    long answered() {
        return answered.sum();
    }

    /** Returns how many answers were no 200. */
    long failed() {
        return failed.sum();
    }

    /** Returns the latencies, sorted; after the end. */
    long[] latencies() {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
