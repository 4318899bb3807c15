/**
 * Which handler answers a request: routes, their templates, the tree that finds a route by method
 * and path, and the query of a URI. The package knows what a handler is ({@code io.fasterapi.http})
 * and where it may run ({@code io.fasterapi.placement}). {@code io.fasterapi.netty} calls the
 * handlers.
 */
@NullMarked
package io.fasterapi.route;

import org.jspecify.annotations.NullMarked;
