package io.fasterapi.bench.peers.shared;

/** The answer to {@code GET /json}. Immutable. */
public record Message(String message) {

    public static final String TEXT = "Hello, World!";

    public static Message hello() {
        return new Message(TEXT);
    }
}
