/** What all parts of the Spring side have in common. */
@NullMarked
package io.fasterapi.spring;

import org.jspecify.annotations.NullMarked;
