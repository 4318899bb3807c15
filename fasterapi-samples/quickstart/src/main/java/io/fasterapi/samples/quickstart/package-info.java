/** The quickstart: a small service with users kept in memory, and a page that shows the rings. */
@NullMarked
package io.fasterapi.samples.quickstart;

import org.jspecify.annotations.NullMarked;
