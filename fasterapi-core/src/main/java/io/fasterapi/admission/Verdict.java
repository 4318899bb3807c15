package io.fasterapi.admission;

/**
 * What becomes of a request at its arrival: one of these, or {@link Refusals.Answer the answer}
 * with which it is refused.
 */
public interface Verdict {

    /** Another door's. */
    Verdict FOREIGN = new Verdict() {};

    /** It comes in, or may be refused later. */
    Verdict ADMITTED = new Verdict() {};
}
