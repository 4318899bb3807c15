package io.fasterapi.samples.techempower.verify;

/** An answer breaks a rule; the message says which. */
final class RuleBrokenException extends RuntimeException {

    private static final long serialVersionUID = 1;

    RuleBrokenException(String message) {
        super(message);
    }

    static void unless(boolean held, String what, Object actual) {
        if (!held) {
            String text = String.valueOf(actual);
            String shown = text.length() > 300 ? text.substring(0, 300) + "..." : text;
            throw new RuleBrokenException(what + ", but: " + shown);
        }
    }
}
