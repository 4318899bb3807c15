/** Counts a million events exactly: on state without locks, or on concurrent collections. */
@NullMarked
package io.fasterapi.samples.onemillion;

import org.jspecify.annotations.NullMarked;
