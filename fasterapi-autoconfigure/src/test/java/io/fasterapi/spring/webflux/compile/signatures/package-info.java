/**
 * A table of signatures as public applications write them, each with a request: the answer must be
 * stock's, and the lane that served the one that the report names.
 */
@NullMarked
package io.fasterapi.spring.webflux.compile.signatures;

import org.jspecify.annotations.NullMarked;
