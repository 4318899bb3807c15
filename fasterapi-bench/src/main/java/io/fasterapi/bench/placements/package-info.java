/** Where automatic placement puts handlers of all kinds. */
@NullMarked
package io.fasterapi.bench.placements;

import org.jspecify.annotations.NullMarked;
