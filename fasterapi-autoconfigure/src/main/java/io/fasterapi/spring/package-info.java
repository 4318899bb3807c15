/** Classes that all packages of the Spring side use. */
@NullMarked
package io.fasterapi.spring;

import org.jspecify.annotations.NullMarked;
