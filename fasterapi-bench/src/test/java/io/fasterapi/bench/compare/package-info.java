/** Runs the comparison of servers, whose figures no test judges. */
@NullMarked
package io.fasterapi.bench.compare;

import org.jspecify.annotations.NullMarked;
