package io.fasterapi.spring.testing;

import java.util.List;
import java.util.Random;

/**
 * The random cases of one test. Every case has a source of its own, made of the seed and the number
 * of the case; a failure names both, and {@code -Dseed=N} runs the same cases again. Owned by one
 * thread.
 */
public final class RandomCases {

    private static final String PROPERTY = "seed";

    private final long seed;
    private Random random;

    /** One case. */
    @FunctionalInterface
    public interface Case {

        /** Tries it; throws if it fails. */
        void run(RandomCases random) throws Throwable;
    }

    private RandomCases(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    /** Runs a number of cases. */
    public static void run(int count, Case each) {
        Long given = Long.getLong(PROPERTY);
        RandomCases cases = new RandomCases(given == null ? System.nanoTime() : given);
        for (int i = 0; i < count; i++) {
            cases.random = new Random(cases.seed + i * 0x9E3779B97F4A7C15L);
            try {
                each.run(cases);
            } catch (Throwable ex) {
                throw new AssertionError("case " + i + " of -Dseed=" + cases.seed, ex);
            }
        }
    }

    /** Returns a number from 0 to a limit, without that. */
    public int below(int limit) {
        return random.nextInt(limit);
    }

    /** Returns true in so many of a hundred cases. */
    public boolean percent(int chance) {
        return random.nextInt(100) < chance;
    }

    /** Returns one of some values. */
    @SafeVarargs
    public final <T> T oneOf(T... values) {
        return values[random.nextInt(values.length)];
    }

    /** Returns one of some values. */
    public <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** Returns a text of characters that are often treated in a special way, and of others. */
    public String text(int longest) {
        StringBuilder text = new StringBuilder();
        int length = below(longest + 1);
        for (int i = 0; i < length; i++) {
            switch (below(8)) {
                case 0 -> text.append(oneOf(" ", "%", "+", "&", "=", "/", ";", ",", "\"", "\\"));
                case 1 -> text.append(oneOf("[", "]", "{", "}", "<", ">", "#", "$", "'", "?"));
                case 2 ->
                        text.append(oneOf("\u00e4", "\u20ac", "\ud83d\ude00", "\u0130", "\u00a0"));
                case 3 -> text.append((char) ('0' + below(10)));
                default -> text.append((char) ('a' + below(26)));
            }
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "-Dseed=" + seed;
    }
}
