/** The client and the server together, on a real port. */
@NullMarked
package io.fasterapi.samples.onemillion.load;

import org.jspecify.annotations.NullMarked;
