/** Which thread runs a handler. Imported by routes and servers, imports nothing. */
@NullMarked
package io.fasterapi.placement;

import org.jspecify.annotations.NullMarked;
