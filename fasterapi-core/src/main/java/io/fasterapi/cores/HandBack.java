package io.fasterapi.cores;

import io.fasterapi.log.SafeLog;
import io.netty.channel.EventLoop;
import java.util.Arrays;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The way back: what one core finished, collected per event loop. Owned by the core's thread. */
final class HandBack {

    /*
     * One task per response costs the event loop a queue operation and, when it sleeps, a write to
     * its wake-up descriptor for every response. So the core links what it finished into one chain
     * per event loop and submits each chain as a single task when its batch ends. There are only a
     * few loops: a linear search over an array is the fastest map.
     *
     * An event loop that ended rejects: then the items are run here, to release what they hold. Any
     * other failure, out of memory for one, may come before or after the task was queued. So the
     * task holds the items until the loop takes them or they are taken back from it; a chain that
     * was taken back is kept and submitted again with the next batch; but not for ever: a loop that
     * fails ATTEMPTS times in a row counts as one that ended.
     */
    private static final int ATTEMPTS = 1_000;

    private static final System.Logger LOGGER = System.getLogger(HandBack.class.getName());

    private final CoreCounters counters;
    private Chain[] chains = new Chain[0];
    private boolean pending;
    private boolean failing;

    HandBack(CoreCounters counters) {
        this.counters = counters;
    }

    /** Adds an item, or throws and has not taken it. */
    void add(LoopReturn item) {
        assert Thread.currentThread() instanceof CoreThread thread && thread.handBack() == this
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
     * @return false if a loop could not take its chain now: it is kept for the next call
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

    /** The core ends: what no loop takes is run here, and the loops are forgotten. */
    void close() {
        while (pending) { // what is run here may come again
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
            // The loop has ended, and with it every channel: let each item release what it holds.
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

    /** What is on its way to one event loop, first in, first out. */
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

    /** One batch as a task of the event loop; empty once somebody has taken what it holds. */
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
