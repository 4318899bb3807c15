/** Beans of which each handler core has its own. Knows cores, nothing of requests or lanes. */
@NullMarked
package io.fasterapi.spring.scope;

import org.jspecify.annotations.NullMarked;
