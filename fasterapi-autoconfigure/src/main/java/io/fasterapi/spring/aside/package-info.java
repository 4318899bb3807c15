/**
 * Handler cores for applications in which FasterAPI does not serve: without a server, on another
 * server, or switched off. If code needs cores, one core starts and runs it, so that the same code
 * gives the same answers.
 */
@NullMarked
package io.fasterapi.spring.aside;

import org.jspecify.annotations.NullMarked;
