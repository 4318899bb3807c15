package io.fasterapi.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever takes permits and gives them back, in whatever order: compared with a plain count. */
class PermitCounterRandomTest {

    private static final int THREADS = 4;

    private final List<EventLoop> loops =
            Stream.<EventLoop>generate(DefaultEventLoop::new).limit(THREADS).toList();
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @AfterEach
    void stop() {
        loops.forEach(loop -> loop.shutdownGracefully(0, 10, TimeUnit.SECONDS));
    }

    private <T> T onAny(Callable<T> action) throws Exception {
        return loops.get(random.nextInt(THREADS)).submit(action).get();
    }

    @Test
    void asAPlainCount() throws Exception {
        for (int round = 0; round < 20; round++) {
            long limit = 1 + random.nextInt(200);
            check(new PermitCounter(new Stripes(THREADS), limit), limit);
        }
    }

    private void check(PermitCounter permits, long limit) throws Exception {
        int taken = 0;
        int used = 0;
        for (int i = 0; i < 1_000; i++) {
            boolean free = taken < limit;
            if (random.nextInt(5) < 3) {
                assertThat(permits.isUsedUp(limit)).as("seed %d", seed).isEqualTo(!free);
                assertThat(onAny(() -> permits.take(limit))).as("seed %d", seed).isEqualTo(free);
                taken += free ? 1 : 0;
            } else if (taken > 0 && random.nextBoolean()) {
                onAny(permits::giveBack);
                taken--;
                used++;
            } else if (taken > 0) {
                onAny(
                        () -> {
                            permits.cancel();
                            return 0;
                        });
                taken--;
            }
            assertThat(permits.inUse()).as("seed %d", seed).isEqualTo(taken);
            assertThat(permits.used()).as("seed %d", seed).isEqualTo(used);
        }
    }
}
