/** What FasterAPI decided at start-up, for the actuator. */
@NullMarked
package io.fasterapi.spring.actuator;

import org.jspecify.annotations.NullMarked;
