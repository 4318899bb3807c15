package io.fasterapi.admission;

/** How an exchange ends: in exactly one of these ways. */
public enum Ending {
    /** The application has answered. */
    ANSWERED,
    /** It was not served, and its client was told when to come back. */
    REFUSED,
    /** There is no answer: 5xx if nothing was sent, else the end of the connection. */
    FAILED,
    /** Its client has gone. */
    GONE
}
