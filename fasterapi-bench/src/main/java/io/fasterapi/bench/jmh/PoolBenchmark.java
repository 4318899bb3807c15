package io.fasterapi.bench.jmh;

import io.fasterapi.pool.ObjectPool;
import io.fasterapi.pool.PoolCapacity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to acquire and release, against making the object anew. On Netty's threads. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {NettyThreads.CUSTOM, NettyThreads.CLASS, "-Xmx512m"})
public class PoolBenchmark {

    private static final int BUFFER_BYTES = 8192;

    private final ObjectPool<byte[]> stacks =
            ObjectPool.<byte[]>builder("bench", () -> new byte[BUFFER_BYTES]).build();
    private final ObjectPool<byte[]> shared =
            ObjectPool.<byte[]>builder("shared", () -> new byte[BUFFER_BYTES])
                    .capacity(new PoolCapacity(0, 64))
                    .build();
    private final ObjectPool<MessageDigest> digests =
            ObjectPool.builder("digests", PoolBenchmark::digest)
                    .reset(MessageDigest::reset)
                    .build();
    private final ObjectPool<Deflater> deflaters =
            ObjectPool.<Deflater>builder("deflaters", Deflater::new)
                    .reset(Deflater::reset)
                    .onDiscard(Deflater::end)
                    .build();
    private final byte[] text = "deflate me, deflate me".getBytes(StandardCharsets.UTF_8);
    private final ArrayBlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(64);
    private final ThreadLocal<MessageDigest> local = ThreadLocal.withInitial(PoolBenchmark::digest);

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Benchmark
    public byte[] bufferByStack() {
        byte[] buffer = stacks.acquire();
        buffer[0]++;
        stacks.release(buffer);
        return buffer;
    }

    @Benchmark
    public byte[] bufferByShared() {
        byte[] buffer = shared.acquire();
        buffer[0]++;
        shared.release(buffer);
        return buffer;
    }

    @Benchmark
    public byte[] bufferByBlockingQueue() {
        byte[] buffer = queue.poll();
        if (buffer == null) {
            buffer = new byte[BUFFER_BYTES];
        }
        buffer[0]++;
        queue.offer(buffer);
        return buffer;
    }

    @Benchmark
    public byte[] bufferNew() {
        byte[] buffer = new byte[BUFFER_BYTES];
        buffer[0]++;
        return buffer;
    }

    @Benchmark
    public MessageDigest digestByPool() {
        MessageDigest digest = digests.acquire();
        digest.update((byte) 1);
        digests.release(digest);
        return digest;
    }

    @Benchmark
    public int digestByScope() {
        return digests.use(
                digest -> {
                    digest.update((byte) 1);
                    return 1;
                });
    }

    @Benchmark
    public MessageDigest digestByThreadLocal() {
        MessageDigest digest = local.get();
        digest.update((byte) 1);
        digest.reset();
        return digest;
    }

    @Benchmark
    public MessageDigest digestNew() {
        MessageDigest digest = digest();
        digest.update((byte) 1);
        return digest;
    }

    @Benchmark
    public int deflaterByScope() {
        return deflaters.use(this::deflate);
    }

    @Benchmark
    public int deflaterNew() {
        Deflater deflater = new Deflater();
        int length = deflate(deflater);
        deflater.end();
        return length;
    }

    private int deflate(Deflater deflater) {
        byte[] target = new byte[64];
        deflater.setInput(text);
        deflater.finish();
        return deflater.deflate(target);
    }
}
