/**
 * Logging for code that must go on: a line that cannot fail, a line that nobody waits for. Knows
 * nobody.
 */
@NullMarked
package io.fasterapi.log;

import org.jspecify.annotations.NullMarked;
