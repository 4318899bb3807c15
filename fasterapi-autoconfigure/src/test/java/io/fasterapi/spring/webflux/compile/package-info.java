/** Tests of the controller methods that the direct lane calls. */
@NullMarked
package io.fasterapi.spring.webflux.compile;

import org.jspecify.annotations.NullMarked;
