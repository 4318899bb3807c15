package io.fasterapi.spring.equality;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.equality.Recording.State;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Two servers that run one application, stock's and ours, and must answer alike. */
public final class Comparison {

    /** Its own threads: handlers may need all of the common pool's, of which there may be one. */
    private static final Executor PLAYERS = task -> new Thread(task, "equality-player").start();

    private final Server stock;
    private final Server candidate;
    private final String name;

    /** Compares a candidate with stock; the name says in messages which variant it is. */
    public Comparison(Server stock, Server candidate, String name) {
        this.stock = stock;
        this.candidate = candidate;
        this.name = name;
    }

    /** Whether stock is to be played against itself, to see which case is not deterministic. */
    public static boolean isStockOnly() {
        return Boolean.getBoolean("equality.stock-only");
    }

    /** Plays a case on both sides at once, and fails unless both recordings are the same. */
    public void play(EqualityCase played) {
        CompletableFuture<Recording> meanwhile =
                CompletableFuture.supplyAsync(() -> candidate.answers(played), PLAYERS);
        Recording expected = stock.answers(played);
        assertThat(expected.state())
                .as("stock itself, %s, %s:\n%s", name, played, expected)
                .isNotEqualTo(State.SILENT);
        Recording actual = meanwhile.join();
        assertNothingOpened(played, expected, actual);
        assertThat(actual.toString())
                .as(
                        "%s, %s, %s answers are the same; expected is stock",
                        name, played, expected.sameAnswers(actual))
                .isEqualTo(expected.toString());
    }

    private void assertNothingOpened(EqualityCase played, Recording expected, Recording actual) {
        int both = Math.min(expected.responses().size(), actual.responses().size());
        for (int i = 0; i < both; i++) {
            int refused = expected.responses().get(i).status();
            int status = actual.responses().get(i).status();
            if (refused >= 400 && status < 300) {
                throw new AssertionError(
                        name
                                + (", " + played + ", answer " + (i + 1))
                                + (": status: " + status)
                                + (" (expected: refused, as by stock with " + refused + ")"));
            }
        }
    }
}
