package io.fasterapi.cores;

import io.netty.channel.EventLoop;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The way back: what one core finished, collected per event loop. Owned by the core's thread. */
final class HandBack {

    /*
     * One task per response costs the event loop a queue operation and, when it sleeps, a write to
     * its wake-up descriptor for every response. So the core links what it finished into one chain
     * per event loop and submits each chain as a single task when its batch ends. There are only a
     * few loops: a linear search over an array is the fastest map.
     */
    private static final System.Logger LOGGER = System.getLogger(HandBack.class.getName());

    private final CoreCounters counters;
    private Chain[] chains = new Chain[0];
    private int pending;

    HandBack(CoreCounters counters) {
        this.counters = counters;
    }

    void add(LoopReturn item) {
        assert Thread.currentThread() instanceof CoreThread thread && thread.handBack() == this
                : "accessed by a foreign thread: " + Thread.currentThread();
        chainOf(item.eventLoop()).add(item);
        pending++;
    }

    boolean isEmpty() {
        return pending == 0;
    }

    /** Submits every chain to its event loop. */
    void flush() {
        if (pending == 0) {
            return;
        }
        pending = 0;
        for (Chain chain : chains) {
            LoopReturn head = chain.take();
            if (head != null) {
                submit(chain.loop, head);
            }
        }
    }

    private void submit(EventLoop loop, LoopReturn head) {
        counters.handedBack();
        try {
            loop.execute(new Delivery(head));
        } catch (RejectedExecutionException ex) {
            // The loop has ended, and with it every channel: let each item release what it holds.
            LOGGER.log(System.Logger.Level.DEBUG, "event loop ended before its hand-back", ex);
            new Delivery(head).run();
        }
    }

    private Chain chainOf(EventLoop loop) {
        for (Chain chain : chains) {
            if (chain.loop == loop) {
                return chain;
            }
        }
        Chain[] more = java.util.Arrays.copyOf(chains, chains.length + 1);
        Chain added = new Chain(loop);
        more[chains.length] = added;
        chains = more;
        return added;
    }

    /** What is on its way to one event loop, first in, first out. */
    private static final class Chain {

        private final EventLoop loop;
        private @Nullable LoopReturn head;
        private @Nullable LoopReturn tail;

        Chain(EventLoop loop) {
            this.loop = loop;
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
            return first;
        }
    }

    /** One batch as a task of the event loop. */
    private static final class Delivery implements Runnable {

        private final LoopReturn head;

        Delivery(LoopReturn head) {
            this.head = head;
        }

        @Override
        public void run() {
            LoopReturn item = head;
            while (item != null) {
                LoopReturn following = item.next;
                item.next = null;
                try {
                    item.run();
                } catch (RuntimeException | Error ex) {
                    LOGGER.log(System.Logger.Level.ERROR, "hand-back failed: " + item, ex);
                }
                item = following;
            }
        }
    }
}
