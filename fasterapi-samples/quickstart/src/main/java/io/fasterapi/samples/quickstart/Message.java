package io.fasterapi.samples.quickstart;

/** A sentence as JSON. */
record Message(String message) {}
