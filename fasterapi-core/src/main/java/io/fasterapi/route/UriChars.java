package io.fasterapi.route;

/**
 * The characters that {@code java.net.URI} accepts in paths and queries. Stateless; any thread may
 * use it.
 *
 * <p>WebFlux answers 400 to all others before a controller sees them, so no route may match them.
 */
final class UriChars {

    private static final String UNRESERVED =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-!.~'()*";

    private static final boolean[] PATH = table(UNRESERVED + ":@&=+$,");
    private static final boolean[] QUERY = table(UNRESERVED + ":@&=+$,;/?[]");

    private UriChars() {}

    /** Returns whether the character is ASCII and stands for itself in a path segment. */
    static boolean isPlain(char c) {
        return c < PATH.length && PATH[c];
    }

    /** Returns whether the character may occur in a query. The percent sign may not. */
    static boolean isQuery(char c) {
        return c < QUERY.length ? QUERY[c] : isOther(c);
    }

    /** Returns whether the character is beyond ASCII and a URI may contain it unescaped. */
    static boolean isOther(char c) {
        return c > 128 && !Character.isSpaceChar(c) && !Character.isISOControl(c);
    }

    /** Returns the value of the percent escape at the index, or -1 if there is none. */
    static int escape(CharSequence text, int index) {
        if (index + 2 >= text.length()) {
            return -1;
        }
        int high = hex(text.charAt(index + 1));
        int low = hex(text.charAt(index + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static int hex(char c) {
        // Character.digit also accepts digits of other scripts.
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
