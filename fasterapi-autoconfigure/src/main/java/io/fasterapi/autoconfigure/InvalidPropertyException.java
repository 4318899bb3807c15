package io.fasterapi.autoconfigure;

/** A property whose value is not allowed. */
final class InvalidPropertyException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String property;
    private final String value;
    private final String allowed;

    InvalidPropertyException(String property, Object value, String allowed) {
        super(property + ": " + value + " (expected: " + allowed + ")");
        this.property = property;
        this.value = String.valueOf(value);
        this.allowed = allowed;
    }

    String property() {
        return property;
    }

    String value() {
        return value;
    }

    String allowed() {
        return allowed;
    }
}
