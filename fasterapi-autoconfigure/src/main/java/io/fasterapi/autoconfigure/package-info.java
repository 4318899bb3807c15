/**
 * Auto-configuration and properties. This package only connects; the logic is in the other
 * packages.
 */
@NullMarked
package io.fasterapi.autoconfigure;

import org.jspecify.annotations.NullMarked;
