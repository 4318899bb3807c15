package io.fasterapi.bench.peers.shared;

import java.util.concurrent.ThreadLocalRandom;

/** The answer to {@code GET /db}: a row. Immutable. */
public record World(int id, int randomNumber) {

    public static final int ROWS = 10_000;

    /** The id of some row. */
    public static int someId() {
        return 1 + ThreadLocalRandom.current().nextInt(ROWS);
    }
}
