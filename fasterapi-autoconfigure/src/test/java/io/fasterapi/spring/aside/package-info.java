/** Batch handlers, shards and core-local beans where FasterAPI serves nothing. */
@NullMarked
package io.fasterapi.spring.aside;

import org.jspecify.annotations.NullMarked;
