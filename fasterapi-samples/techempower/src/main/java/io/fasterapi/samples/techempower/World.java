package io.fasterapi.samples.techempower;

/**
 * A row of the table world.
 *
 * @param id 1 to 10,000
 * @param randomNumber 1 to 10,000
 */
record World(int id, int randomNumber) {}
