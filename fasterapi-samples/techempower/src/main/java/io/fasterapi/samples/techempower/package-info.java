/** The seven TechEmpower tests as a Spring developer would write them, on a real PostgreSQL. */
@NullMarked
package io.fasterapi.samples.techempower;

import org.jspecify.annotations.NullMarked;
