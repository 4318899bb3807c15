/**
 * Admission: whether a request is served, and until when. An exchange takes a {@link
 * io.fasterapi.admission.RequestPermit} when it begins and gives it back at its one end, whichever
 * door it came in by and whichever lane it took. The package does not know Reactor Netty.
 */
@NullMarked
package io.fasterapi.admission;

import org.jspecify.annotations.NullMarked;
