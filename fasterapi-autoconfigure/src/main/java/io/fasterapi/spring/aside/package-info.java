/**
 * What an application asks of handler cores where FasterAPI serves nothing: without a server, on
 * another one, or switched off. One core, started if the application's code needs it, then runs
 * what has to run on cores, so that the same code gives the same answers.
 */
@NullMarked
package io.fasterapi.spring.aside;

import org.jspecify.annotations.NullMarked;
