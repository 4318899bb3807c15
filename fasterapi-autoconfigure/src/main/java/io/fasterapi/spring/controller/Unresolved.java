package io.fasterapi.spring.controller;

/**
 * An argument that the compiled form does not cover: missing, malformed, invalid or just unusual.
 * WebFlux resolves it again, and answers. One instance without a stack trace, for all threads.
 */
final class Unresolved extends Exception {

    private static final long serialVersionUID = 1L;

    static final Unresolved INSTANCE = new Unresolved();

    private Unresolved() {
        super("unresolved", null, false, false);
    }
}
