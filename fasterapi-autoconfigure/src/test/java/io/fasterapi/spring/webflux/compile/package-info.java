/**
 * Compiled controller methods against stock: the same application once with FasterAPI switched off
 * and once in each {@link io.fasterapi.spring.webflux.compile.Setting}.
 */
@NullMarked
package io.fasterapi.spring.webflux.compile;

import org.jspecify.annotations.NullMarked;
