/**
 * Two logs for code that must go on: {@link io.fasterapi.log.SafeLog} cannot fail, {@link
 * io.fasterapi.log.LaterLog} makes no caller wait. Imports no other package of FasterAPI.
 */
@NullMarked
package io.fasterapi.log;

import org.jspecify.annotations.NullMarked;
