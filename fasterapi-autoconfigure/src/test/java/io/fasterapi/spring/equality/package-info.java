/**
 * The proof that an application answers the same bytes with FasterAPI and without: one application,
 * many raw exchanges, recorded on both sides and compared. Depends on Spring Boot and the JDK
 * alone, never on this project's classes: it sees what a client sees.
 */
package io.fasterapi.spring.equality;
