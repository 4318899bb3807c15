package io.fasterapi.samples.techempower;

/**
 * A row of the table fortune, or the one that is added to them at request time.
 *
 * @param message as it is stored: not escaped
 */
record Fortune(int id, String message) {}
