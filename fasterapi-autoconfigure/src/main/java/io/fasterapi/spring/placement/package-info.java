/** Where the application's requests run: what it says, and what the calls show. */
@NullMarked
package io.fasterapi.spring.placement;

import org.jspecify.annotations.NullMarked;
