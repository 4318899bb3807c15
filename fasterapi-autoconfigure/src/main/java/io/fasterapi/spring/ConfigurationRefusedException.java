package io.fasterapi.spring;

/**
 * A property or an annotation of FasterAPI's that cannot be honoured. Thrown at start-up, which it
 * stops; Spring Boot prints its message and what to do. What code that starts applications may
 * catch; {@link #getMessage()} is a whole sentence.
 */
public class ConfigurationRefusedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final String action;

    /**
     * Creates the exception.
     *
     * @param message names the property or annotation, says what is wrong with it and what is
     *     expected
     * @param action what to do about it: one or two sentences
     */
    public ConfigurationRefusedException(String message, String action) {
        super(message);
        this.action = action;
    }

    /** Returns what to do about it. */
    public final String action() {
        return action;
    }
}
