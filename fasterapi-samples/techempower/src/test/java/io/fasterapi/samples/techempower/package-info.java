/** The application on a real port and a real database, against the rules of the tests. */
@NullMarked
package io.fasterapi.samples.techempower;

import org.jspecify.annotations.NullMarked;
