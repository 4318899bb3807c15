/** Tests of batch handlers on every lane. */
@NullMarked
package io.fasterapi.spring.webflux.batch;

import org.jspecify.annotations.NullMarked;
