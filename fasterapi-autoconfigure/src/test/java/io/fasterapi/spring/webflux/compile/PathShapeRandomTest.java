package io.fasterapi.spring.webflux.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.route.PathShape;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** What is said of two patterns holds for the paths that Spring matches with them. */
class PathShapeRandomTest {

    private static final List<String> SEGMENTS =
            List.of("a", "b", "{x}", "{y}", "a*", "?", "{z:[ab]}", "*", "**");

    private static final List<String> TEXTS = List.of("a", "b", "ab", "c");

    private final Random random = new Random(20261121);

    @Test
    void patternsThatShareAPathOverlapAndTheMoreSpecificOneWins() {
        int shared = 0;
        for (int i = 0; i < 20_000; i++) {
            String left = path(SEGMENTS, true);
            String right = path(SEGMENTS, true);
            PathContainer path = PathContainer.parsePath(path(TEXTS, false));
            PathPattern first = PathPatternParser.defaultInstance.parse(left);
            PathPattern second = PathPatternParser.defaultInstance.parse(right);
            if (!first.matches(path) || !second.matches(path)) {
                continue;
            }
            shared++;
            PathShape mine = PathShape.of(left);
            PathShape other = PathShape.of(right);
            assertThat(mine.overlaps(other)).as(left + " " + right).isTrue();
            assertThat(other.overlaps(mine)).as(right + " " + left).isTrue();
            if (left.contains("{") && mine.isMoreSpecificThan(other)) {
                assertThat(first.compareTo(second)).as(left + " " + right).isNegative();
                assertThat(other.isMoreSpecificThan(mine)).as(right + " " + left).isFalse();
            }
        }
        assertThat(shared).isGreaterThan(500);
    }

    private String path(List<String> from, boolean pattern) {
        StringBuilder text = new StringBuilder();
        int length = 1 + random.nextInt(3);
        for (int i = 0; i < length; i++) {
            String segment = from.get(random.nextInt(from.size()));
            text.append('/').append(pattern ? segment.replace("}", i + "}") : segment);
            if (segment.equals("**")) {
                break;
            }
        }
        return text.toString().replaceAll("\\{z:\\[ab](\\d)}", "{z$1:[ab]}");
    }
}
