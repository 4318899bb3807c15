/** The same application as Spring MVC, on virtual threads. */
@NullMarked
package io.fasterapi.bench.peers.mvc;

import org.jspecify.annotations.NullMarked;
