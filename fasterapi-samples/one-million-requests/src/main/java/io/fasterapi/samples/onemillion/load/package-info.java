/** Sends the events over many connections, and checks what the server made of them. */
@NullMarked
package io.fasterapi.samples.onemillion.load;

import org.jspecify.annotations.NullMarked;
