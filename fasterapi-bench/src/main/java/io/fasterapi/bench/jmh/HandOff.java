package io.fasterapi.bench.jmh;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.YieldingWaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import io.fasterapi.core.CoreTask;
import io.fasterapi.core.StressedCore;
import io.fasterapi.core.WaitMode;
import io.fasterapi.core.Worker;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.MpscArrayQueue;

/**
 * A way to one consuming thread, bounded to the default size of a ring; producers wait where it is
 * full. Any thread hands over, the consumer's thread runs.
 */
abstract class HandOff {

    static final int CAPACITY = 4096;

    /** Hands items over, all of which end as a run on the consumer's thread. */
    abstract void handOver(Item item, int times) throws InterruptedException;

    abstract void stop() throws InterruptedException;

    /** Work for any of the ways. Runs on the consumer's thread. */
    abstract static class Item implements CoreTask, Runnable {

        @Override
        public final void run(Worker worker) {
            run();
        }

        @Override
        public final void abort(Throwable cause) {
            throw new IllegalStateException("aborted", cause);
        }
    }

    static HandOff of(String kind) {
        return switch (kind) {
            case "ArrayBlockingQueue" -> new Blocking(new ArrayBlockingQueue<>(CAPACITY));
            case "LinkedBlockingQueue" -> new Blocking(new LinkedBlockingQueue<>(CAPACITY));
            case "executor" -> new Pool();
            case "Disruptor YIELD" -> new Bare();
            case "JCTools MPSC" -> new Mpsc();
            default -> new Ring(WaitMode.valueOf(kind.substring("ring ".length())));
        };
    }

    /** The shipped core: a wake-up for each burst, as event loops do it. */
    private static final class Ring extends HandOff {

        private final StressedCore core;

        Ring(WaitMode waitMode) {
            core = new StressedCore(CAPACITY, waitMode);
        }

        @Override
        void handOver(Item item, int times) {
            long now = System.nanoTime(); // one time for a burst, as event loops do it
            for (int i = 0; i < times; i++) {
                core.publishQuietly(item, now);
            }
            core.wake();
        }

        @Override
        void stop() {
            core.stop();
        }
    }

    /** The ring alone, without what a core does for each item: to see what that costs. */
    private static final class Bare extends HandOff {

        private final Disruptor<Item[]> disruptor =
                new Disruptor<>(
                        () -> new Item[1],
                        CAPACITY,
                        new DefaultThreadFactory("bare", true),
                        ProducerType.MULTI,
                        new YieldingWaitStrategy());

        Bare() {
            disruptor.handleEventsWith((slot, sequence, end) -> slot[0].run());
            disruptor.start();
        }

        @Override
        void handOver(Item item, int times) {
            RingBuffer<Item[]> ring = disruptor.getRingBuffer();
            for (int i = 0; i < times; i++) {
                long sequence = ring.next();
                ring.get(sequence)[0] = item;
                ring.publish(sequence);
            }
        }

        @Override
        void stop() {
            disruptor.halt();
        }
    }

    /** JCTools' queue, whose consumer yields and whose producers pause where it is full. */
    private static final class Mpsc extends HandOff {

        private static final long FULL_NANOS = 10_000;

        private final MpscArrayQueue<Item> queue = new MpscArrayQueue<>(CAPACITY);
        private final Thread consumer = new Thread(this::consume, "consumer");
        private volatile boolean stopped;

        Mpsc() {
            consumer.setDaemon(true);
            consumer.start();
        }

        private void consume() {
            while (!stopped) {
                Item item = queue.poll();
                if (item == null) {
                    Thread.yield();
                } else {
                    item.run();
                }
            }
        }

        @Override
        void handOver(Item item, int times) {
            for (int i = 0; i < times; i++) {
                while (!queue.offer(item)) {
                    LockSupport.parkNanos(FULL_NANOS);
                }
            }
        }

        @Override
        void stop() throws InterruptedException {
            stopped = true;
            consumer.join();
        }
    }

    /** A thread that takes from a queue. */
    private static final class Blocking extends HandOff {

        private final BlockingQueue<Runnable> queue;
        private final Thread consumer = new Thread(this::consume, "consumer");

        Blocking(BlockingQueue<Runnable> queue) {
            this.queue = queue;
            consumer.setDaemon(true);
            consumer.start();
        }

        private void consume() {
            try {
                while (true) {
                    queue.take().run();
                }
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        void handOver(Item item, int times) throws InterruptedException {
            for (int i = 0; i < times; i++) {
                queue.put(item);
            }
        }

        @Override
        void stop() throws InterruptedException {
            consumer.interrupt();
            consumer.join();
        }
    }

    /** An executor of one thread, whose queue producers wait for. */
    private static final class Pool extends HandOff {

        private final ThreadPoolExecutor executor =
                new ThreadPoolExecutor(
                        1,
                        1,
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(CAPACITY),
                        Pool::await);

        private static void await(Runnable item, ThreadPoolExecutor full) {
            try {
                full.getQueue().put(item);
            } catch (InterruptedException end) {
                throw new RejectedExecutionException(end);
            }
        }

        @Override
        void handOver(Item item, int times) {
            for (int i = 0; i < times; i++) {
                executor.execute(item);
            }
        }

        @Override
        void stop() throws InterruptedException {
            executor.shutdownNow();
            executor.awaitTermination(5, TimeUnit.SECONDS);
        }
    }
}
