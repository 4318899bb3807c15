/**
 * The page's comparison: the same requests to this application and to a stock one in the same JVM.
 * Used by the page alone; nothing of the sample's own controllers depends on it.
 */
@NullMarked
package io.fasterapi.samples.quickstart.compare;

import org.jspecify.annotations.NullMarked;
