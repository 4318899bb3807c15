package io.fasterapi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoreOptionsTest {

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void refusesFewerThanOneCore(int count) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Work.options(count, 64))
                .withMessage("count: " + count + " (expected: >= 1)");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 100, 1 << 21, -2, Integer.MIN_VALUE})
    void refusesRingSizesThatAreNoPowerOfTwoInRange(int size) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Work.options(1, size))
                .withMessage("ringSize: " + size + " (expected: a power of two from 2 to 1048576)");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 4096, 1 << 20})
    void acceptsPowersOfTwo(int size) {
        assertThat(Work.options(3, size).ringSize()).isEqualTo(size);
    }

    @Test
    void defaultsAreACorePerCpuParking() {
        CoreOptions options = CoreOptions.defaults();

        assertThat(options.count()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(options.ringSize()).isEqualTo(CoreOptions.DEFAULT_RING_SIZE);
        assertThat(options.waitMode()).isEqualTo(WaitMode.PARK);
        assertThat(options.pinned()).isFalse();
    }

    @Test
    void noThreadStartsBeforeTheCoresAreStarted() {
        HandlerCores cores = new HandlerCores(Work.options(2, 8));

        assertThat(cores.cores()).hasSize(2).noneMatch(HandlerCore::isRunning);
        assertThat(cores.cores())
                .extracting(HandlerCore::name)
                .containsExactly("test-core-0", "test-core-1");
        assertThat(cores.cores()).extracting(HandlerCore::capacity).containsOnly(8);
    }

    @Test
    void cannotBeStartedTwice() {
        HandlerCores cores = new HandlerCores(Work.options(1, 8));
        cores.start();

        assertThatIllegalStateException()
                .isThrownBy(cores::start)
                .withMessage("test-core-0: running (expected: new or stopped)");
        cores.stop(Duration.ofSeconds(10));
    }
}
