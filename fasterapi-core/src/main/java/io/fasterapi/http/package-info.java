/**
 * The request, the response and the JSON codec that the handler of a fast route sees. There is no
 * transport and no routing here: {@code io.fasterapi.route} declares the routes, {@code
 * io.fasterapi.netty} implements these interfaces on Reactor Netty.
 */
@NullMarked
package io.fasterapi.http;

import org.jspecify.annotations.NullMarked;
