package io.fasterapi.spring.controller;

import io.netty.util.AsciiString;
import java.util.List;

/**
 * Which request bodies a compiled method covers: those of a known type and of an announced length
 * within WebFlux's own limit. Immutable.
 *
 * @param types the values of Content-Type that are covered, exactly as clients send them
 * @param mostBytes the longest body, 0 for a method that reads none
 */
record BodyLimits(List<AsciiString> types, int mostBytes) {

    /** Longer than any body within the limit of an int. */
    private static final int MOST_DIGITS = 9;

    /** A method that reads no body: a request must bring none. */
    static final BodyLimits NONE = new BodyLimits(List.of(), 0);

    /**
     * Decides.
     *
     * @param type the Content-Type, empty if there is none
     * @param length the Content-Length, empty if there is none
     */
    boolean take(CharSequence type, CharSequence length) {
        if (mostBytes == 0) {
            return length.length() == 0 || (length.length() == 1 && length.charAt(0) == '0');
        }
        int bytes = number(length);
        if (bytes <= 0 || bytes > mostBytes) {
            return false;
        }
        for (AsciiString known : types) {
            if (known.contentEqualsIgnoreCase(type)) {
                return true;
            }
        }
        return false;
    }

    private static int number(CharSequence digits) {
        if (digits.length() == 0 || digits.length() > MOST_DIGITS) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
