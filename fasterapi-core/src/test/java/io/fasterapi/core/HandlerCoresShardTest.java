package io.fasterapi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandlerCoresShardTest {

    private static final int KEYS = 16_000;

    @Test
    void equalKeysHaveOneCoreWhateverElseHappens() {
        HandlerCores cores = new HandlerCores(Work.options(5, 64));
        HandlerCore first = cores.coreOf(new String("user-1"));
        cores.start();
        assertThat(cores.coreOf(new String("user-1"))).isSameAs(first);
        cores.stop(Duration.ofSeconds(10));
        assertThat(cores.coreOf(new String("user-1"))).isSameAs(first);
        assertThat(new HandlerCores(Work.options(1, 64)).coreOf(-1).index()).isZero();
    }

    static Stream<Arguments> keys() {
        List<Arguments> all = new ArrayList<>();
        for (int count : new int[] {2, 3, 4, 8}) {
            all.add(kind(count, "counting", number -> number));
            all.add(kind(count, "negative", number -> -number));
            all.add(kind(count, "low bits all zero", number -> number << 16));
            all.add(kind(count, "even", number -> 2 * number));
            all.add(kind(count, "long", number -> number * 4_294_967_296L));
            all.add(kind(count, "text", number -> "user_" + number));
        }
        return all.stream();
    }

    private static Arguments kind(int count, String name, IntFunction<Object> key) {
        return Arguments.of(count, name, key);
    }

    /** Each core gets its share of the keys, give or take a fifth. */
    @ParameterizedTest(name = "{1} on {0} cores")
    @MethodSource("keys")
    void keysSpreadOverTheCores(int count, String name, IntFunction<Object> key) {
        HandlerCores cores = new HandlerCores(Work.options(count, 64));
        int[] perCore = new int[count];
        for (int i = 0; i < KEYS; i++) {
            perCore[cores.coreOf(key.apply(i)).index()]++;
        }
        int share = KEYS / count;
        assertThat(Arrays.stream(perCore)).allMatch(n -> n > share * 0.8 && n < share * 1.2);
    }

    @Test
    void workGoesToTheCoreThatIsNamedThoughOthersAreIdle() throws Exception {
        HandlerCores cores = new HandlerCores(Work.options(3, 64));
        cores.start();
        List<Integer> order = new ArrayList<>();
        HandlerCore named = cores.cores().get(2);
        try (Loops loops = new Loops(2)) {
            Work.Hold hold = new Work.Hold();
            assertThat(dispatchTo(cores, named, hold, loops, 0)).isTrue();
            hold.awaitEntered();
            List<Work> works = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                int number = i;
                Work work =
                        new Work(() -> order.add(number)) {
                            @Override
                            public boolean isOrdered() {
                                return true; // as all sharded work: no idle core may take it
                            }
                        };
                works.add(work);
                assertThat(dispatchTo(cores, named, work, loops, i % 2)).isTrue();
            }
            hold.release();
            await().until(() -> works.get(59).runs.get() == 1);

            assertThat(works).allMatch(work -> work.thread.equals(named.name()));
        }
        cores.stop(Duration.ofSeconds(10));
        assertThat(order).hasSize(60).isSorted();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCoreThatIsFullOrStoppedRefusesThoughOthersAreFree(boolean full) throws Exception {
        HandlerCores cores = new HandlerCores(Work.options(2, 4));
        cores.start();
        HandlerCore named = cores.cores().get(1);
        try (Loops loops = new Loops(1)) {
            Work.Hold hold = new Work.Hold();
            int taken = 0;
            if (full) {
                while (dispatchTo(cores, named, taken == 0 ? hold : new Work(), loops, 0)) {
                    taken++;
                }
                assertThat(taken).isEqualTo(4);
            } else {
                named.beginStop();
                await().until(() -> !named.isRunning());
            }

            assertThat(dispatchTo(cores, named, new Work(), loops, 0)).isFalse();
            assertThat(named.counters().rejected()).isEqualTo(full ? 2 : 1);
            assertThat(cores.cores().get(0).published()).isZero();
            hold.release();
        }
        cores.stop(Duration.ofSeconds(10));
    }

    private static boolean dispatchTo(
            HandlerCores cores, HandlerCore core, CoreTask task, Loops loops, int loop)
            throws Exception {
        return loops.call(loop, () -> cores.dispatchTo(core, task, loops.get(loop)));
    }
}
