/** A gateway: it relays what is below {@code /api} to an upstream. */
@NullMarked
package io.fasterapi.samples.gateway;

import org.jspecify.annotations.NullMarked;
