/**
 * Which thread runs a handler: the placement of each route, its limits and its refusals. Routes and
 * servers import this package.
 */
@NullMarked
package io.fasterapi.placement;

import org.jspecify.annotations.NullMarked;
