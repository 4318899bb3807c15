/**
 * Beans of which each handler core has its own instance. The package knows cores, but no requests
 * and no lanes.
 */
@NullMarked
package io.fasterapi.spring.scope;

import org.jspecify.annotations.NullMarked;
