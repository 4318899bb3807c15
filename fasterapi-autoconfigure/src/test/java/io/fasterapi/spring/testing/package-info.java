/** What the tests of this module share: running applications, and raw connections to them. */
@NullMarked
package io.fasterapi.spring.testing;

import org.jspecify.annotations.NullMarked;
