package io.fasterapi.bench.peers.shared;

/** The answer to {@code GET /users/{id}}. Immutable. */
public record User(int id, String name) {

    public static User of(int id) {
        return new User(id, "user " + id);
    }
}
