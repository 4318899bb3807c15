/**
 * Serving requests by what was compiled: on the direct lane without an exchange, at the end of the
 * filter chain in place of the dispatcher, and from the one to the other with whatever has become
 * of a request by then.
 */
@NullMarked
package io.fasterapi.spring.webflux.invoke;

import org.jspecify.annotations.NullMarked;
