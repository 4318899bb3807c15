package io.fasterapi.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Only what is late in a round behind a long one has waited for too long. */
class LoopWaitTest {

    private static final Duration LIMIT = Duration.ofMillis(5);

    private final EventLoop loop = new DefaultEventLoop();

    @AfterEach
    void stop() {
        loop.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void oneLongRoundIsForgiven() throws Exception {
        LoopWait wait = LoopWait.atMost(LIMIT);
        assertThat(isLateRefused(wait)).isFalse();
        assertThat(isLateRefused(wait)).isTrue();
        assertThat(isLateRefused(wait)).isTrue();
    }

    @Test
    void withoutLimit() throws Exception {
        LoopWait wait = LoopWait.none();
        assertThat(wait.isLimited()).isFalse();
        assertThat(isLateRefused(wait)).isFalse();
        assertThat(isLateRefused(wait)).isFalse();
    }

    /** Asks at the beginning of a round and, longer than the limit, later in it. */
    private boolean isLateRefused(LoopWait wait) throws Exception {
        return loop.submit(
                        () -> {
                            assertThat(wait.isTooLong(loop)).isFalse();
                            long begun = System.nanoTime();
                            while (System.nanoTime() - begun <= LIMIT.toNanos()) {
                                Thread.onSpinWait();
                            }
                            return wait.isTooLong(loop);
                        })
                .get(20, TimeUnit.SECONDS);
    }
}
