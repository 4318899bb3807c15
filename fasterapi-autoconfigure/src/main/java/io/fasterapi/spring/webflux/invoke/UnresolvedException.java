package io.fasterapi.spring.webflux.invoke;

/**
 * An argument that the direct lane does not cover: missing, malformed or unusual. WebFlux resolves
 * it and answers. All threads share one instance without a stack trace.
 */
final class UnresolvedException extends Exception {

    private static final long serialVersionUID = 1L;

    static final UnresolvedException INSTANCE = new UnresolvedException();

    private UnresolvedException() {
        super("unresolved", null, false, false);
    }
}
