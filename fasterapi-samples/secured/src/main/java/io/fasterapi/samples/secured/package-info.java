/** An application behind Spring Security, as users write it: basic authentication, roles, CSRF. */
@NullMarked
package io.fasterapi.samples.secured;

import org.jspecify.annotations.NullMarked;
