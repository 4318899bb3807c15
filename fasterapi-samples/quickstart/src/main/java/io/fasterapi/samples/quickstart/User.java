package io.fasterapi.samples.quickstart;

/** A stored user. */
record User(long id, String name, String email) {}
