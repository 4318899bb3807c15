/**
 * Sessions that are made without a thread change and cost nearly nothing until code uses them. They
 * take the place of Spring Boot's own in-memory sessions only.
 */
@NullMarked
package io.fasterapi.spring.session;

import org.jspecify.annotations.NullMarked;
