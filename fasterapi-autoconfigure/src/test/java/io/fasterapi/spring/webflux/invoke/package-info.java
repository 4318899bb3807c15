/** Tests of what serves requests by what was compiled. */
@NullMarked
package io.fasterapi.spring.webflux.invoke;

import org.jspecify.annotations.NullMarked;
