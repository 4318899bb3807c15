package io.fasterapi.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

class RecentlyUsedTest {

    private static final int CAPACITY = 64;

    private final RecentlyUsed<String, Integer> used = new RecentlyUsed<>(CAPACITY);

    private void strangers(int from, int count) {
        for (int i = from; i < from + count; i++) {
            used.put("stranger " + i, i);
        }
    }

    @Test
    void whatWasPutIsFoundAndNothingElse() {
        assertThat(used.get("a")).isNull();
        used.put("a", 1);
        used.put("b", 2);
        used.put("a", 3);
        assertThat(used.get("a")).isEqualTo(3);
        assertThat(used.get("b")).isEqualTo(2);
        assertThat(used.get("c")).isNull();
        assertThat(used.size()).isEqualTo(2);
    }

    @Test
    void allThatFitsIsKeptAndNoMore() {
        strangers(0, CAPACITY);
        assertThat(used.size()).isEqualTo(CAPACITY);
        for (int i = CAPACITY / 2; i < CAPACITY; i++) {
            assertThat(used.get("stranger " + i)).isEqualTo(i);
        }
        for (int i = 0; i < CAPACITY / 2; i++) { // each hit among the old moves one to the young
            assertThat(used.size()).isLessThanOrEqualTo(CAPACITY);
            used.get("stranger " + i);
        }
        for (int i = 0; i < 10_000; i++) {
            used.put("more " + i, i);
            assertThat(used.get("more " + i)).isEqualTo(i);
            assertThat(used.size()).isBetween(CAPACITY / 2, CAPACITY);
        }
    }

    @Test
    void anOddCapacityIsRoundedDown() {
        RecentlyUsed<Integer, Integer> three = new RecentlyUsed<>(3);
        for (int i = 0; i < 10; i++) {
            three.put(i, i);
            assertThat(three.size()).isLessThanOrEqualTo(3);
            assertThat(three.get(i)).isEqualTo(i);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RecentlyUsed<>(1))
                .withMessage("capacity: 1 (expected: >= 2)");
    }

    @Test
    void whatIsUsedSurvivesAFloodOfStrangers() {
        used.put("hot", -1);
        for (int i = 0; i < 10_000; i += CAPACITY / 2 - 1) {
            strangers(i, CAPACITY / 2 - 1);
            assertThat(used.get("hot")).as("after %d strangers", i).isEqualTo(-1);
        }
        assertThat(used.get("stranger 0")).isNull();
    }

    @Test
    void afterAFloodWhatIsNewIsStillLearnt() {
        strangers(0, 10_000);
        assertThat(used.get("late")).isNull();
        used.put("late", 1);
        assertThat(used.get("late")).isEqualTo(1);
    }

    @Test
    void theLastValuePutIsTheOneThatIsFoundWhereverItsPredecessorIs() {
        used.put("a", 1);
        strangers(0, CAPACITY / 2); // "a" is among the old now
        used.put("a", 2);
        assertThat(used.get("a")).isEqualTo(2);
        strangers(100, CAPACITY / 2 - 1);
        assertThat(used.get("a")).isEqualTo(2);
    }

    @Test
    void manyThreadsFindOnlyWhatBelongsToTheirKeysAndStayWithinTheBound() {
        RecentlyUsed<Integer, Integer> shared = new RecentlyUsed<>(CAPACITY);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(CompletableFuture.runAsync(() -> mix(shared), threads));
            }
            all.forEach(CompletableFuture::join);
        } finally {
            threads.shutdown();
        }
        assertThat(shared.size()).isLessThanOrEqualTo(CAPACITY);
    }

    private static void mix(RecentlyUsed<Integer, Integer> shared) {
        for (int i = 0; i < 50_000; i++) {
            int key = ThreadLocalRandom.current().nextInt(3 * CAPACITY);
            Integer found = shared.get(key);
            if (found == null) {
                shared.put(key, -key);
            } else {
                assertThat(found).isEqualTo(-key);
            }
        }
    }
}
