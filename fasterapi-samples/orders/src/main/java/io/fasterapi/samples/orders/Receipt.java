package io.fasterapi.samples.orders;

/**
 * What a client gets for an order that is on disk.
 *
 * @param id the number of its row
 * @param reference the client's own
 */
public record Receipt(long id, long reference) {}
