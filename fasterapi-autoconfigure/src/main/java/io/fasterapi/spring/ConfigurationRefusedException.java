package io.fasterapi.spring;

/**
 * A property or annotation of FasterAPI has a value that is not allowed, so the application does
 * not start. Spring Boot prints the message and the action. Code that starts applications may catch
 * it; {@link #getMessage()} is a whole sentence.
 */
public class ConfigurationRefusedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final String action;

    /**
     * Creates the exception.
     *
     * @param message names the property or annotation, its value and what is expected
     * @param action what to do, in one or two sentences
     */
    public ConfigurationRefusedException(String message, String action) {
        super(message);
        this.action = action;
    }

    /** Returns what to do. */
    public final String action() {
        return action;
    }
}
