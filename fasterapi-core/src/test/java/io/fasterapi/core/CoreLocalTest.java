package io.fasterapi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CoreLocalTest {

    private final HandlerCores cores = new HandlerCores(Work.options(3, 64));
    private final AtomicInteger made = new AtomicInteger();

    /** Remembers who made it. */
    private record Own(String thread, int number) {}

    private final CoreLocal<Own> local =
            new CoreLocal<>(
                    cores, () -> new Own(Thread.currentThread().getName(), made.incrementAndGet()));

    @BeforeEach
    void start() {
        cores.start();
    }

    @AfterEach
    void stop() {
        cores.stop(Duration.ofSeconds(10));
    }

    @Test
    void eachCoreMakesItsOwnOnItsThreadAndKeepsIt() {
        assertThat(made).hasValue(0);
        List<Own> first = cores.gather(local::get).join();

        assertThat(first)
                .extracting(Own::thread)
                .containsExactly("test-core-0", "test-core-1", "test-core-2");
        assertThat(cores.gather(local::get).join()).isEqualTo(first);
        assertThat(made).hasValue(3);
        stop();
        start();
        assertThat(cores.gather(local::get).join()).isEqualTo(first);
        assertThat(made).hasValue(3);
    }

    @Test
    void offACoreItSaysWhere() {
        assertThatIllegalStateException()
                .isThrownBy(local::get)
                .withMessage(
                        "CoreLocal.get: called on the thread "
                                + Thread.currentThread().getName()
                                + " (expected: a handler core, test-core-0 to 2)");
    }

    @Test
    void theCoresOfAnotherGroupHaveNone() {
        HandlerCores others =
                new HandlerCores(new CoreOptions(1, 64, WaitMode.PARK, false, "other-core-"));
        others.start();
        assertThatThrownBy(() -> others.gather(local::get).join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("called on the thread other-core-0 ");
        others.stop(Duration.ofSeconds(10));
        assertThat(made).hasValue(0);
    }

    @Test
    void noInstanceIsAFailureEachTime() {
        CoreLocal<Own> none = new CoreLocal<>(cores, () -> null);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> cores.gather(none::get).join())
                    .cause()
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("first: returned null");
        }
    }
}
