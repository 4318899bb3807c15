/** Orders that are inserted into PostgreSQL: many with one statement, or each with its own. */
@NullMarked
package io.fasterapi.samples.orders;

import org.jspecify.annotations.NullMarked;
