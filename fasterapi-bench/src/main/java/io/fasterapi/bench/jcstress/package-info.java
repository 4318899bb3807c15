/**
 * Stress tests on the shipped classes; {@code ./verify} runs them and fails on a forbidden outcome.
 */
@NullMarked
package io.fasterapi.bench.jcstress;

import org.jspecify.annotations.NullMarked;
