package io.fasterapi.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Only what is late in a round behind a long one has waited for too long. */
class EventLoopLagTest {

    private static final Duration LIMIT = Duration.ofMillis(5);

    private final EventLoop loop = new DefaultEventLoop();

    @AfterEach
    void stop() {
        loop.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** Of loops that have always had a CPU. */
    private static EventLoopLag atMost() {
        return EventLoopLag.atMost(LIMIT, () -> () -> 0);
    }

    @Test
    void oneLongRoundIsForgiven() throws Exception {
        EventLoopLag wait = warm(atMost());
        assertThat(isLateRefused(wait)).isFalse();
        assertThat(isLateRefused(wait)).isTrue();
        assertThat(isLateRefused(wait)).isTrue();
    }

    @Test
    void aLoopThatIsColdIsNotLate() throws Exception {
        EventLoopLag wait = atMost();
        for (int i = 0; i < 10; i++) {
            assertThat(isLateRefused(wait)).isFalse();
        }
    }

    /** All of the time since the last look goes to others. */
    @Test
    void aLoopWithoutCpuIsNotLate() throws Exception {
        LongSupplier queued = System::nanoTime;
        EventLoopLag wait = warm(EventLoopLag.atMost(LIMIT, () -> queued));
        for (int i = 0; i < 10; i++) {
            assertThat(isLateRefused(wait)).isFalse();
        }
    }

    /** As the application has it: what the JVM pauses for counts with what the thread lacks. */
    @Test
    void aLoopOfAJvmThatPausesIsNotLate() throws Exception {
        EventLoopLag wait = warm(EventLoopLag.atMost(LIMIT, System::nanoTime));
        assertThat(wait.isLimited()).isTrue();
        for (int i = 0; i < 10; i++) {
            assertThat(isLateRefused(wait)).isFalse();
        }
    }

    @Test
    void withoutLimit() throws Exception {
        EventLoopLag wait = EventLoopLag.none();
        assertThat(wait.isLimited()).isFalse();
        assertThat(isLateRefused(wait)).isFalse();
        assertThat(isLateRefused(wait)).isFalse();
    }

    private EventLoopLag warm(EventLoopLag wait) throws Exception {
        return loop.submit(
                        () -> {
                            for (int i = 0; i < 1_000; i++) {
                                assertThat(wait.isTooLong(loop)).isFalse();
                            }
                            return wait;
                        })
                .get(20, TimeUnit.SECONDS);
    }

    /** Asks at the beginning of a round and, longer than the limit, later in it. */
    private boolean isLateRefused(EventLoopLag wait) throws Exception {
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
