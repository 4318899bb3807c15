package io.fasterapi.autoconfigure;

import io.fasterapi.spring.ConfigurationRefusedException;

/** Refuses a property whose value is not allowed. */
final class InvalidProperty {

    private InvalidProperty() {}

    static ConfigurationRefusedException of(String property, Object value, String allowed) {
        return new ConfigurationRefusedException(
                "The property '"
                        + property
                        + "' has the value '"
                        + value
                        + "', which is not allowed.",
                "Set '" + property + "' to " + allowed + ".");
    }
}
