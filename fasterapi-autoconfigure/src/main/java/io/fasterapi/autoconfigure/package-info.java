/** Auto-configuration and properties: wiring only, what is wired lives in its own packages. */
@NullMarked
package io.fasterapi.autoconfigure;

import org.jspecify.annotations.NullMarked;
