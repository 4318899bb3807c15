package io.fasterapi.spring.controller;

/** What a controller method gives for a body. */
enum ResultKind {
    /** Nothing. */
    NONE,
    /** A string. */
    TEXT,
    /** A byte array. */
    BYTES,
    /** A value written as JSON. */
    JSON
}
