package io.fasterapi.spring.webflux.route;

/**
 * What stands between the server and the application's handlers. Immutable.
 *
 * @param reason what it is, as part of a sentence
 * @param best the fastest lane that leads through it
 */
public record Obstacle(String reason, Lane best) {}
