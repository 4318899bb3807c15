/** Questions to the bean factory. */
@NullMarked
package io.fasterapi.spring.beans;

import org.jspecify.annotations.NullMarked;
