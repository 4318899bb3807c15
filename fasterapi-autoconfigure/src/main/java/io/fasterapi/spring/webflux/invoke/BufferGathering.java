package io.fasterapi.spring.webflux.invoke;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.concurrent.Queues;
import reactor.util.context.Context;

/**
 * The buffers of a body as they come; the first ones that are there at once are joined. It
 * subscribes to its source first. A body that is complete then needs no subscriber. It belongs to
 * one exchange; any thread may signal.
 */
final class BufferGathering extends Flux<DataBuffer>
        implements CoreSubscriber<DataBuffer>, Subscription {

    /*
     * A queue that one thread at a time drains. The thread that begins may not drain before the
     * source has returned from the first request. What has come by then is the first buffer, or the
     * whole body. Later buffers are passed on one by one, so at most one window waits here. A
     * failure waits until more is requested, because Spring would drop the first buffer if the
     * failure came before that.
     */
    private static final AtomicIntegerFieldUpdater<BufferGathering> WORK =
            AtomicIntegerFieldUpdater.newUpdater(BufferGathering.class, "work");

    private static final AtomicLongFieldUpdater<BufferGathering> DEMAND =
            AtomicLongFieldUpdater.newUpdater(BufferGathering.class, "demand");

    /** The most buffers that wait. */
    static final int WINDOW = 64;

    private static final int REFILL = WINDOW * 3 / 4;

    private static final int MOST_BYTES = 64 * 1024;

    private final DataBufferFactory factory;
    private final Context context;
    private final @Nullable Scheduler scheduler;
    private final Queue<DataBuffer> queue = Queues.<DataBuffer>unbounded(16).get();
    private Subscription source = Operators.emptySubscription();
    private volatile @Nullable CoreSubscriber<? super DataBuffer> actual;
    private volatile boolean done;
    private volatile boolean cancelled;
    private volatile int work = 1;
    private volatile long demand;
    private @Nullable Throwable failure;
    private long bytes;

    // Used by the draining thread only.
    private boolean begun;
    private boolean ended;
    private int taken;

    /**
     * Prepares to gather.
     *
     * @param context the context of the source
     * @param scheduler where more is requested from the source; null for the requesting thread
     */
    BufferGathering(DataBufferFactory factory, Context context, @Nullable Scheduler scheduler) {
        this.factory = factory;
        this.context = context;
        this.scheduler = scheduler;
    }

    /** Returns the buffers of a source that is subscribed to when this is. */
    static Flux<DataBuffer> of(Publisher<DataBuffer> source, DataBufferFactory factory) {
        return new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super DataBuffer> actual) {
                BufferGathering gathering =
                        new BufferGathering(factory, actual.currentContext(), null);
                gathering.begin(source);
                gathering.open();
                gathering.subscribe(actual);
            }
        };
    }

    /** Subscribes to the source. An exception, as Reactor throws errors of the JVM, ends it. */
    void begin(Publisher<DataBuffer> publisher) {
        try {
            publisher.subscribe(this);
        } catch (Throwable ex) {
            onError(ex);
        }
    }

    /**
     * Returns the whole body if it is complete and not empty. The caller owns it, and this object
     * has ended. Call it between {@link #begin} and {@link #open}.
     */
    @Nullable DataBuffer whole() {
        boolean there = done && failure == null && bytes > 0 && bytes <= MOST_BYTES;
        return there ? first() : null;
    }

    /** Lets a subscriber receive what has come. */
    void open() {
        drain(1);
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        source = subscription;
        subscription.request(WINDOW);
    }

    @Override
    public void onNext(DataBuffer buffer) {
        bytes += buffer.readableByteCount();
        queue.offer(buffer);
        tryDrain();
    }

    @Override
    public void onError(Throwable cause) {
        if (!done) {
            failure = cause;
            done = true;
            tryDrain();
        }
    }

    @Override
    public void onComplete() {
        done = true;
        tryDrain();
    }

    @Override
    public void subscribe(CoreSubscriber<? super DataBuffer> subscriber) {
        subscriber.onSubscribe(this);
        actual = subscriber;
        tryDrain();
    }

    @Override
    public void request(long count) {
        Operators.addCap(DEMAND, this, count);
        tryDrain();
    }

    @Override
    public void cancel() {
        cancelled = true;
        source.cancel();
        tryDrain();
    }

    private void tryDrain() {
        if (WORK.getAndIncrement(this) == 0) {
            drain(1);
        }
    }

    private void drain(int seen) {
        int missed = seen;
        do {
            CoreSubscriber<? super DataBuffer> subscriber = actual;
            if (cancelled) {
                for (DataBuffer left = queue.poll(); left != null; left = queue.poll()) {
                    DataBufferUtils.release(left);
                }
            } else if (subscriber != null && !ended) {
                deliver(subscriber);
            }
            missed = WORK.addAndGet(this, -missed);
        } while (missed != 0);
    }

    private void deliver(CoreSubscriber<? super DataBuffer> subscriber) {
        long wanted = demand;
        long sent = 0;
        while (!cancelled) {
            boolean last = done;
            if (queue.isEmpty()) {
                if (last && (failure == null || !begun || sent < wanted)) {
                    end(subscriber);
                }
                break;
            }
            if (sent == wanted) {
                break;
            }
            DataBuffer next = begun ? poll() : first();
            if (next != null) {
                sent++;
                subscriber.onNext(next);
            }
        }
        Operators.produced(DEMAND, this, sent);
        refill();
    }

    private void end(CoreSubscriber<? super DataBuffer> subscriber) {
        ended = true;
        if (failure == null) {
            subscriber.onComplete();
        } else {
            subscriber.onError(failure);
        }
    }

    /** Requests as many buffers as were taken, on the source's thread. */
    private void refill() {
        int count = taken;
        if (count < REFILL || done || cancelled) {
            return;
        }
        taken = 0;
        if (scheduler == null) {
            ask(count);
        } else {
            scheduler.schedule(() -> ask(count));
        }
    }

    private void ask(int count) {
        try {
            source.request(count);
        } catch (Throwable ex) {
            onError(ex);
        }
    }

    /** Returns what is there in one buffer, up to a limit. */
    private @Nullable DataBuffer first() {
        begun = true;
        DataBuffer next = poll();
        if (next == null || queue.isEmpty()) {
            return next;
        }
        List<DataBuffer> parts = new ArrayList<>();
        int length = 0;
        for (; next != null; next = length < MOST_BYTES ? poll() : null) {
            parts.add(next);
            length += next.readableByteCount();
        }
        DataBuffer all = factory.allocateBuffer(length);
        for (DataBuffer part : parts) {
            all.write(part);
            DataBufferUtils.release(part);
        }
        return all;
    }

    private @Nullable DataBuffer poll() {
        DataBuffer next = queue.poll();
        if (next != null) {
            taken++;
        }
        return next;
    }
}
