/**
 * Batching: many callers, one call. The package knows no requests. Batches run on cores or threads
 * of {@code io.fasterapi.core}.
 *
 * <pre>
 *  callers --submit--&gt; lane of a group (bounded) --at most n batches in flight--&gt; function
 *     ^                                                                             |
 *     +---------------------- one result per item, in order ------------------------+
 * </pre>
 */
@NullMarked
package io.fasterapi.batch;

import org.jspecify.annotations.NullMarked;
