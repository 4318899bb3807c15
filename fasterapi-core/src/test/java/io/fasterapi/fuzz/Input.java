package io.fasterapi.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A pipeline, cut in one way.
 *
 * @param leave what the client does when it has written
 */
record Input(byte[] bytes, int[] cuts, Leave leave) {

    enum Leave {
        STAYS,
        HALF_CLOSES,
        RESETS
    }

    private static final Pattern RUN = Pattern.compile("([bfx])\\1{30,}");

    /** Returns the bytes as text on one line; long runs are told by their number. */
    static String escaped(String text) {
        StringBuilder line = new StringBuilder();
        for (char c : text.toCharArray()) {
            switch (c) {
                case '\r' -> line.append("\\r");
                case '\n' -> line.append("\\n");
                case '\\' -> line.append("\\\\");
                default ->
                        line.append(
                                c < ' ' || c > '~' ? String.format("\\u%04x", (int) c) : "" + c);
            }
        }
        String all = line.toString();
        return RUN.matcher(all)
                .replaceAll(run -> run.group(1) + "<" + (run.end() - run.start()) + " times>");
    }

    @Override
    public String toString() {
        String text = escaped(new String(bytes, ISO_8859_1));
        return text + "\ncuts: " + Arrays.toString(cuts) + ", then " + leave;
    }
}
