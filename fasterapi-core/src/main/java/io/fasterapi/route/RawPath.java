package io.fasterapi.route;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads paths that contain escapes, path parameters or characters beyond ASCII. It is the slow way.
 * Stateless; any thread may use it.
 */
final class RawPath {

    /*
     * A path is first split at its slashes, then decoded segment by segment, so that an escaped
     * slash belongs to its segment. The tree needs a single text. So two Unicode noncharacters,
     * which are reserved for use inside a program, mark what decoding would hide:
     *   SLASH  an escaped slash: part of its segment, not a separator
     *   EMPTY  a segment of which only parameters were sent ("/a/;v=1"). WebFlux keeps such a
     *          segment: neither a literal nor a variable matches it, a trailing wildcard does.
     *          So "/a/;v=1" is not "/a/".
     * No template can contain them (PathTemplate refuses them). A path that decodes to one of them
     * is not matched here at all. A value is restored when it is read.
     *
     * As in WebFlux, bytes that are not UTF-8 become U+FFFD, adjacent escapes are decoded together,
     * and a plus sign is a plus sign.
     */
    static final char SLASH = '\uFDD0';

    static final char EMPTY = '\uFDD1';

    private RawPath() {}

    /** Returns the text for the tree, or null if the path is not legal. */
    static @Nullable String normalise(CharSequence path) {
        StringBuilder text = new StringBuilder(path.length());
        int start = 0;
        while (start < path.length()) {
            text.append('/');
            int end = endOfSegment(path, start + 1);
            if (end > start + 1 && !appendSegment(path, start + 1, end, text)) {
                return null;
            }
            start = end;
        }
        return text.toString();
    }

    /** Returns the value as the client meant it, without marks. */
    static String restore(String text) {
        return text.replace(SLASH, '/').replace(String.valueOf(EMPTY), "");
    }

    /** Returns whether the character is one of the marks. */
    static boolean isMark(char c) {
        return c == SLASH || c == EMPTY;
    }

    private static int endOfSegment(CharSequence path, int start) {
        int end = start;
        while (end < path.length() && path.charAt(end) != '/') {
            end++;
        }
        return end;
    }

    private static boolean appendSegment(
            CharSequence path, int start, int end, StringBuilder text) {
        int length = text.length();
        boolean parameters = false;
        int i = start;
        while (i < end) {
            char c = path.charAt(i);
            int next = i + 1;
            if (c == '%') {
                next = endOfEscapes(path, i, end);
                if (next < 0 || (!parameters && !appendEscapes(path, i, next, text))) {
                    return false;
                }
            } else if (c == ';') {
                parameters = true;
            } else if (!isLegal(c)) {
                return false;
            } else if (!parameters) {
                text.append(c);
            }
            i = next;
        }
        if (text.length() == length) {
            text.append(EMPTY);
        }
        return true;
    }

    private static boolean isLegal(char c) {
        return UriChars.isPlain(c) || (UriChars.isOther(c) && !isMark(c));
    }

    private static int endOfEscapes(CharSequence path, int start, int end) {
        int i = start;
        while (i < end && path.charAt(i) == '%') {
            if (UriChars.escape(path, i) < 0) {
                return -1;
            }
            i += 3;
        }
        return i;
    }

    private static boolean appendEscapes(
            CharSequence path, int start, int end, StringBuilder text) {
        byte[] bytes = new byte[(end - start) / 3];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) UriChars.escape(path, start + 3 * i);
        }
        String decoded = new String(bytes, StandardCharsets.UTF_8);
        for (int i = 0; i < decoded.length(); i++) {
            char c = decoded.charAt(i);
            if (isMark(c)) {
                return false;
            }
            text.append(c == '/' ? SLASH : c);
        }
        return true;
    }
}
