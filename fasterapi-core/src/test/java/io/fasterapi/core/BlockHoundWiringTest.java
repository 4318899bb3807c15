package io.fasterapi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;

/** Runs in an execution of its own, whose JVM lets BlockHound in (see pom.xml). */
class BlockHoundWiringTest {

    private HandlerCores cores;

    @BeforeAll
    static void install() {
        BlockHound.install();
    }

    @AfterEach
    void stop() {
        cores.stop(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @EnumSource(WaitMode.class)
    void aCoreMayWaitForWorkAndTheWorkMayNotWait(WaitMode mode) {
        cores = new HandlerCores(new CoreOptions(1, 8, mode, false, "hounded-core-"));
        cores.start();
        HandlerCore core = cores.cores().get(0);
        Work waits = new Work(() -> Thread.sleep(1));
        for (Work each : new Work[] {new Work(), waits, new Work()}) {
            assertThat(core.publish(each)).isTrue();
            core.wake();
        }
        await().until(() -> core.counters().taken() == 3);
        core.execute(() -> assertThat(true).isTrue());
        await().until(() -> core.counters().continuations() == 1);

        assertThat(waits.aborts).singleElement().isInstanceOf(BlockingOperationError.class);
        assertThat(core.isRunning()).isTrue();
        assertThat(core.replacements()).isZero();
    }
}
