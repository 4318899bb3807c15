/**
 * Controller methods compiled at start-up into direct invocations, wherever that changes nothing a
 * client or the application can see. What is not compiled, and whatever turns out differently while
 * a request is served, goes on in WebFlux, which this package leaves untouched.
 */
@NullMarked
package io.fasterapi.spring.controller;

import org.jspecify.annotations.NullMarked;
