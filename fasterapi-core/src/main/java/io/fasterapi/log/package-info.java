/** The last resort of code that must go on: a log line that cannot fail. Knows nobody. */
@NullMarked
package io.fasterapi.log;

import org.jspecify.annotations.NullMarked;
