package io.fasterapi.spring.failures;

import java.util.Locale;

/** Where an application throws. */
enum Place {
    /** By the method. */
    THROWN,
    /** Signalled by a Mono. */
    MONO,
    /** By an operator of a Mono. */
    OPERATOR,
    /** Signalled by a Flux, after one element. */
    FLUX,
    /** By an operator of a Flux, after one element. */
    FLUX_OPERATOR,
    /** By an operator of a Flux, for an element that is asked for later. */
    FLUX_LATE,
    /** By an operator of a Flux of events, after one. */
    EVENTS,
    /** By a getter, while the value is encoded. */
    GETTER,
    /** By what reads the body, which a GET may have, too. */
    BODY,
    /** By what waits for the end of the body, which every request has. */
    BODY_END,
    /** By the exception handler itself. */
    HANDLER,
    /** By what handles the exceptions of the whole application. */
    WEB_HANDLER,
    /** By what describes an error that nobody has handled. */
    ATTRIBUTES,
    /** By a batch handler. */
    BATCH,
    /** By a batch handler's Mono. */
    BATCH_MONO,
    /** By what a batch handler groups its items by. */
    BATCH_GROUP,
    /** As one result of a batch. */
    BATCH_RESULT;

    /** Returns the path that leads there. */
    String path() {
        return "/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Tells whether the answer has begun then. */
    boolean isStreamed() {
        return this == FLUX || this == FLUX_OPERATOR || this == FLUX_LATE || this == EVENTS;
    }

    /** Tells whether there is a whole answer when the method returns, if nothing fails. */
    boolean isAnsweredAtOnce() {
        return !isStreamed() && compareTo(BATCH) < 0;
    }
}
