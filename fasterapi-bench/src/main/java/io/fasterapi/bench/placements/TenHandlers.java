package io.fasterapi.bench.placements;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One handler of each kind that placement has to tell apart. */
@RestController
class TenHandlers implements AutoCloseable {

    private static final Duration LATER = Duration.ofMillis(20);

    private final ReentrantLock lock = new ReentrantLock(true);
    private final AtomicInteger turns = new AtomicInteger();
    private final Thread holder = new Thread(this::holdTheLock, "holder");

    TenHandlers() {
        holder.setDaemon(true);
        holder.start();
    }

    /** Holds the lock for 20 ms of every 25. */
    private void holdTheLock() {
        while (!Thread.currentThread().isInterrupted()) {
            lock.lock();
            try {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            } finally {
                lock.unlock();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    @Override
    public void close() {
        holder.interrupt();
    }

    @GetMapping("/tiny")
    String tiny() {
        return "tiny";
    }

    @GetMapping("/compute-200us")
    long computeShort() {
        return compute(200_000);
    }

    @GetMapping("/compute-5ms")
    long computeLong() {
        return compute(5_000_000);
    }

    @GetMapping("/sleep")
    String sleep() throws InterruptedException {
        Thread.sleep(50);
        return "slept";
    }

    @GetMapping("/lock")
    String waitForLock() {
        lock.lock();
        try {
            return "locked";
        } finally {
            lock.unlock();
        }
    }

    @GetMapping("/mono-now")
    Mono<String> monoNow() {
        return Mono.just("now");
    }

    @GetMapping("/mono-later")
    Mono<String> monoLater() {
        return Mono.just("later").delayElement(LATER);
    }

    @GetMapping("/throwing")
    String fail() {
        throw new IllegalArgumentException("meant");
    }

    @GetMapping("/alternating")
    long alternate() {
        return turns.incrementAndGet() % 2 == 0 ? compute(2_000_000) : 0;
    }

    @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<Integer> stream() {
        return Flux.range(0, 5).delayElements(LATER);
    }

    /** Computes for about that many nanoseconds of a CPU of its own, by counted steps. */
    private static long compute(long nanos) {
        long value = nanos;
        for (long i = 0; i < nanos * Steps.PER_MICRO / 1_000; i++) {
            value = value * 6364136223846793005L + 1442695040888963407L;
        }
        return value;
    }
}
