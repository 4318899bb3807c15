/** What every exchange has in common, whichever door it came in by and whichever lane it took. */
@NullMarked
package io.fasterapi.exchange;

import org.jspecify.annotations.NullMarked;
