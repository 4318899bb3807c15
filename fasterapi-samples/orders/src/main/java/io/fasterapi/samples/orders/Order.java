package io.fasterapi.samples.orders;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;

/**
 * What a client orders.
 *
 * @param reference the client's own number for it
 */
public record Order(long reference, @NotBlank String article, @Min(1) int quantity) {}
