/** Sessions that draw their id late, beside Spring's. */
@NullMarked
package io.fasterapi.spring.session;

import org.jspecify.annotations.NullMarked;
