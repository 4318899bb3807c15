package io.fasterapi.bench.jmh;

import io.fasterapi.pool.ObjectPool;
import io.fasterapi.spring.webflux.route.JacksonJsonCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.core.util.RecyclerPool;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** JSON into a pooled direct buffer: which pool, if any, should Jackson's buffers come from? */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {NettyThreads.CUSTOM, NettyThreads.CLASS, "-Xmx512m"})
public class JsonEncodeBenchmark {

    /** Where Jackson's buffers come from. */
    public enum Source {
        JACKSON,
        THREAD_LOCAL,
        DEQUE,
        NONE,
        OURS
    }

    public record Message(String message) {}

    public record Order(long id, String customer, List<Line> lines, boolean paid) {}

    public record Line(String article, int amount, double price, String remark) {}

    @Param public Source source = Source.JACKSON;

    @Param({"small", "large"})
    public String size = "small";

    private JacksonJsonCodec codec = new JacksonJsonCodec(new JsonMapper());
    private ObjectWriter writer = new JsonMapper().writer();
    private Object value = "";

    @Setup
    public void setUp() {
        JsonMapper mapper =
                JsonMapper.builder(JsonFactory.builder().recyclerPool(pool(source)).build())
                        .build();
        codec = new JacksonJsonCodec(mapper);
        value = size.equals("small") ? new Message("Hello, World!") : order();
        writer = mapper.writerFor(value.getClass());
    }

    private static RecyclerPool<BufferRecycler> pool(Source source) {
        return switch (source) {
            case JACKSON -> JsonRecyclerPools.defaultPool();
            case THREAD_LOCAL -> JsonRecyclerPools.threadLocalPool();
            case DEQUE -> JsonRecyclerPools.newConcurrentDequePool();
            case NONE -> JsonRecyclerPools.nonRecyclingPool();
            case OURS -> new OurRecyclers();
        };
    }

    private static Order order() {
        Line line = new Line("pencil, 2B, wood", 12, 0.85, "sharpened; \"as usual\"");
        return new Order(4711, "Ada Lovelace", List.of(line, line, line, line, line), true);
    }

    @Benchmark
    public int byCodec() {
        ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(512);
        codec.write(value, buffer);
        int length = buffer.readableBytes();
        buffer.release();
        return length;
    }

    @Benchmark
    public int byArrayAndCopy() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.writeValue(out, value);
        byte[] bytes = out.toByteArray();
        ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(bytes.length);
        buffer.writeBytes(bytes);
        buffer.release();
        return bytes.length;
    }

    /** Jackson's buffers from a pool of ours. */
    static final class OurRecyclers implements RecyclerPool<BufferRecycler> {

        private static final long serialVersionUID = 1L;

        private final transient ObjectPool<BufferRecycler> pool =
                ObjectPool.builder("json", BufferRecycler::new).build();

        @Override
        public BufferRecycler acquirePooled() {
            return pool.acquire();
        }

        @Override
        public void releasePooled(BufferRecycler pooled) {
            pool.release(pooled);
        }
    }
}
