package io.fasterapi.samples.techempower;

import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the tests draw and how they read their parameter. Any thread. */
final class RandomRows {

    /** Rows of the table world, and the largest number in one. */
    static final int ROWS = 10_000;

    private static final int MOST = 500;

    private RandomRows() {}

    /** Returns how many rows a parameter asks for: 1 to 500, and 1 if it is no number. */
    static int count(@Nullable String parameter) {
        if (parameter == null || parameter.isEmpty()) {
            return 1;
        }
        int count = 0;
        for (int i = 0; i < parameter.length(); i++) {
            char next = parameter.charAt(i);
            if (next < '0' || next > '9') {
                return 1;
            }
            count = Math.min(MOST, count * 10 + next - '0');
        }
        return Math.max(1, count);
    }

    /** Returns an id, or a number to put into a row. */
    static int any() {
        return ThreadLocalRandom.current().nextInt(ROWS) + 1;
    }

    /** Returns that many ids, each another one. */
    static int[] distinct(int count) {
        return IntStream.generate(RandomRows::any).distinct().limit(count).toArray();
    }
}
