/** Whatever is thrown, wherever: each exchange ends once, and none of them in a success. */
@NullMarked
package io.fasterapi.spring.failures;

import org.jspecify.annotations.NullMarked;
