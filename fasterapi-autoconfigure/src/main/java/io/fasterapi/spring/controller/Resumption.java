package io.fasterapi.spring.controller;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;

/**
 * A request that leaves the direct lane and goes on in WebFlux, with what has become of its
 * controller method so far. Made on the thread that ran the method; has no stack trace.
 */
final class Resumption extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** How far the request got. */
    enum Stage {
        /** User code has not run: WebFlux does everything. */
        NOT_INVOKED,
        /** The method threw: WebFlux handles that. */
        FAILED,
        /** The method returned something that WebFlux has to write. */
        RETURNED
    }

    private final Stage stage;
    private final transient Method method;
    private final byte[] body;
    private final transient @Nullable Object outcome;
    private transient @Nullable HttpStatusCode status;

    private Resumption(Stage stage, Method method, byte[] body, @Nullable Object outcome) {
        super(stage.name(), null, false, false);
        this.stage = stage;
        this.method = method;
        this.body = body;
        this.outcome = outcome;
    }

    static Resumption notInvoked(Method method, byte[] body) {
        return new Resumption(Stage.NOT_INVOKED, method, body, null);
    }

    static Resumption failed(Method method, byte[] body, Throwable failure) {
        return new Resumption(Stage.FAILED, method, body, failure);
    }

    static Resumption returned(Method method, byte[] body, @Nullable Object value) {
        return new Resumption(Stage.RETURNED, method, body, value);
    }

    Stage stage() {
        return stage;
    }

    /** Tells whether this method was already called for the request. */
    boolean hasCalled(Method other) {
        return stage != Stage.NOT_INVOKED && method.equals(other);
    }

    /** Keeps a status that WebFlux's dispatcher must not see before the method. */
    void restore(HttpStatusCode hidden) {
        status = hidden;
    }

    /** Returns the status that the response had already, or null. */
    @Nullable HttpStatusCode status() {
        return status;
    }

    byte[] body() {
        return body;
    }

    Throwable failure() {
        return outcome instanceof Throwable failure ? failure : this;
    }

    @Nullable Object value() {
        return outcome;
    }
}
