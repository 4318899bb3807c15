/** What FasterAPI decided at start-up, for the actuator. */
@NullMarked
package io.fasterapi.spring.webflux.actuate;

import org.jspecify.annotations.NullMarked;
