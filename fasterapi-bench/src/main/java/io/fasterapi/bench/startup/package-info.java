/** What the starter adds to the start of a large application. */
@NullMarked
package io.fasterapi.bench.startup;

import org.jspecify.annotations.NullMarked;
