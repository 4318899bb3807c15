/** Checks a running server against the rules of the tests, by HTTP and nothing else. */
@NullMarked
package io.fasterapi.samples.techempower.verify;

import org.jspecify.annotations.NullMarked;
