package io.fasterapi.spring.controller;

/** Says why a controller method stays on WebFlux. Only thrown at start-up. */
final class NotCompilable extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the reason.
     *
     * @param reason a part of a sentence, for example {@code returns Flux}
     */
    NotCompilable(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
