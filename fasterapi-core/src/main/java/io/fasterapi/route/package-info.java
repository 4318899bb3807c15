/**
 * Which handler answers a request: routes, their templates, the tree that finds one by method and
 * path, and the query of a URI. Knows what a handler is ({@code io.fasterapi.http}) and where it
 * may run ({@code io.fasterapi.placement}), but neither calls the one nor decides the other; {@code
 * io.fasterapi.server} does.
 */
@NullMarked
package io.fasterapi.route;

import org.jspecify.annotations.NullMarked;
