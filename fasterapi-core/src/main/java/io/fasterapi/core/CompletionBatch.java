package io.fasterapi.core;

import io.fasterapi.log.SafeLog;
import io.netty.channel.EventLoop;
import java.util.Arrays;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The completion batches of one core: the answers that it has finished, collected per event loop.
 * The core's thread owns it.
 */
final class CompletionBatch {

    /*
     * One task per answer would cost the event loop a queue operation per answer, and a write to
     * its wake-up descriptor if it sleeps. So the core links its answers into one chain per event
     * loop and submits each chain as one task when its batch ends. There are only a few loops, so a
     * linear search over an array is the fastest map.
     *
     * A loop that has ended rejects the task. Then the items run here and release what they hold.
     * Any other failure, for example out of memory, may come before or after the task was queued.
     * So the task holds the items until the loop takes them, or until they are taken back. A chain
     * that was taken back is submitted again with the next batch. A loop that fails ATTEMPTS times
     * in a row counts as ended.
     */
    private static final int ATTEMPTS = 1_000;

    private static final System.Logger LOGGER = System.getLogger(CompletionBatch.class.getName());

    private final CoreCounters counters;
    private Chain[] chains = new Chain[0];
    private boolean pending;
    private boolean failing;

    CompletionBatch(CoreCounters counters) {
        this.counters = counters;
    }

    /** Adds an item. If it throws, the item was not added. */
    void add(LoopReturn item) {
        assert Thread.currentThread() instanceof CoreThread thread
                        && thread.completionBatch() == this
                : "accessed by a foreign thread: " + Thread.currentThread();
        chainOf(item.eventLoop()).add(item);
        pending = true;
    }

    boolean isEmpty() {
        return !pending;
    }

    /** Returns how many event loops are known. */
    int loops() {
        return chains.length;
    }

    /**
     * Submits every chain to its event loop. Throws nothing.
     *
     * @return false if a loop could not take its chain; the chain is kept for the next call
     */
    boolean flush() {
        if (!pending) {
            return true;
        }
        pending = false;
        boolean all = true;
        for (Chain chain : chains) {
            if (!chain.isEmpty() && !submit(chain)) {
                pending = true;
                all = false;
            }
        }
        failing = !all;
        return all;
    }

    /** Ends with the core: runs here what no loop takes, and forgets the loops. */
    void close() {
        while (pending) { // an item that runs here may be added again
            if (!flush()) {
                pending = false;
                for (Chain chain : chains) {
                    deliver(chain.take());
                }
            }
        }
        chains = new Chain[0];
    }

    private boolean submit(Chain chain) {
        Delivery delivery = null;
        try {
            if (chain.attempts++ == 0) {
                counters.handedBack();
            }
            delivery = new Delivery(chain.head());
            chain.loop.execute(delivery);
        } catch (RejectedExecutionException ended) {
            // The loop has ended and its channels are closed. Each item releases what it holds.
            chain.take();
            deliver(delivery == null ? null : delivery.getAndSet(null));
            return true;
        } catch (Throwable ex) {
            if (delivery == null || delivery.getAndSet(null) != null) {
                if (!failing) {
                    SafeLog.error(
                            LOGGER,
                            () ->
                                    "an event loop did not take a completion batch; it is tried again",
                            ex);
                }
                if (chain.attempts < ATTEMPTS) {
                    return false;
                }
                deliver(chain.take());
                return true;
            }
        }
        chain.take();
        return true;
    }

    private static void deliver(@Nullable LoopReturn head) {
        LoopReturn item = head;
        while (item != null) {
            LoopReturn following = item.next;
            item.next = null;
            item.run();
            item = following;
        }
    }

    private Chain chainOf(EventLoop loop) {
        for (Chain chain : chains) {
            if (chain.loop == loop) {
                return chain;
            }
        }
        Chain added = new Chain(loop);
        int kept = 0;
        Chain[] more = new Chain[chains.length + 1];
        for (Chain chain : chains) {
            if (!chain.isEmpty() || !chain.loop.isTerminated()) {
                more[kept++] = chain;
            }
        }
        more[kept++] = added;
        chains = Arrays.copyOf(more, kept);
        return added;
    }

    /** The items for one event loop, first in, first out. */
    private static final class Chain {

        private final EventLoop loop;
        private @Nullable LoopReturn head;
        private @Nullable LoopReturn tail;
        private int attempts;

        Chain(EventLoop loop) {
            this.loop = loop;
        }

        boolean isEmpty() {
            return head == null;
        }

        @Nullable LoopReturn head() {
            return head;
        }

        void add(LoopReturn item) {
            LoopReturn last = tail;
            if (last == null) {
                head = item;
            } else {
                last.next = item;
            }
            tail = item;
        }

        @Nullable LoopReturn take() {
            LoopReturn first = head;
            head = null;
            tail = null;
            attempts = 0;
            return first;
        }
    }

    /** One completion batch as a task of the event loop. It is empty once its items were taken. */
    private static final class Delivery extends AtomicReference<@Nullable LoopReturn>
            implements Runnable {

        private static final long serialVersionUID = 1L;

        Delivery(@Nullable LoopReturn head) {
            super(head);
        }

        @Override
        public void run() {
            deliver(getAndSet(null));
        }
    }
}
