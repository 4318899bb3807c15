package io.fasterapi.route;

/**
 * The characters that {@code java.net.URI} accepts in the path and in the query of a URI.
 * Constants, shared by all threads.
 *
 * <p>WebFlux answers 400 to anything else, before a controller sees it; so nothing else may match.
 */
final class UriChars {

    private static final String UNRESERVED =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-!.~'()*";

    private static final boolean[] PATH = table(UNRESERVED + ":@&=+$,");
    private static final boolean[] QUERY = table(UNRESERVED + ":@&=+$,;/?[]");

    private UriChars() {}

    /** Tells whether the character is ASCII and stands for itself within a segment of a path. */
    static boolean isPlain(char c) {
        return c < PATH.length && PATH[c];
    }

    /** Tells whether the character may occur in a query, a percent sign aside. */
    static boolean isQuery(char c) {
        return c < QUERY.length ? QUERY[c] : isOther(c);
    }

    /** Tells whether the character is one of those beyond ASCII that a URI may hold unescaped. */
    static boolean isOther(char c) {
        return c > 128 && !Character.isSpaceChar(c) && !Character.isISOControl(c);
    }

    /** Returns the value of the percent escape at that index, or -1 if it is none. */
    static int escape(CharSequence text, int index) {
        if (index + 2 >= text.length()) {
            return -1;
        }
        int high = hex(text.charAt(index + 1));
        int low = hex(text.charAt(index + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static int hex(char c) {
        // Character.digit also takes digits of other scripts.
        return c < 128 ? Character.digit(c, 16) : -1;
    }

    private static boolean[] table(String chars) {
        boolean[] table = new boolean[128];
        for (int i = 0; i < chars.length(); i++) {
            table[chars.charAt(i)] = true;
        }
        return table;
    }
}
