package io.fasterapi.spring.webflux.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.route.PathShape;
import io.fasterapi.route.ShapeIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The index finds what looking at every pattern finds. */
class ShapeIndexRandomTest {

    private static final List<String> SEGMENTS = List.of("a", "b", "c", "{x}", "a*", "{z:[ab]}");

    private final Random random = new Random(20261121);

    @Test
    void findsAllThatOverlapOnce() {
        int found = 0;
        for (int round = 0; round < 300; round++) {
            List<PathShape> all = new ArrayList<>();
            ShapeIndex<Integer> index = new ShapeIndex<>();
            for (int i = 0; i < 30; i++) {
                PathShape shape = shape();
                all.add(shape);
                index.add(shape, i);
            }
            for (int i = 0; i < 20; i++) {
                PathShape asked = shape();
                List<Integer> expected = new ArrayList<>();
                for (int other = 0; other < all.size(); other++) {
                    if (all.get(other).overlaps(asked)) {
                        expected.add(other);
                    }
                }
                assertThat(index.overlapping(asked))
                        .as(asked + " among " + all)
                        .containsExactlyInAnyOrderElementsOf(expected);
                found += expected.size();
            }
        }
        assertThat(found).isGreaterThan(10_000);
    }

    private PathShape shape() {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(4);
        for (int i = 0; i < length; i++) {
            text.append('/').append(SEGMENTS.get(random.nextInt(SEGMENTS.size())));
        }
        return PathShape.of(text + (random.nextInt(5) == 0 ? "/**" : text.isEmpty() ? "/" : ""));
    }
}
