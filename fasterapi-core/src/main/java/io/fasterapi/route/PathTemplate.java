package io.fasterapi.route;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A parsed template such as {@code /users/{id}} or {@code /files/{*rest}}. Immutable; all threads
 * share it.
 */
final class PathTemplate {

    /*
     * The key is the template with each variable replaced by one character; names are dropped. The
     * tree is built from keys, and two templates with equal keys match the same paths. The two
     * characters are noncharacters above all others, so keys sort literals before variables before
     * wildcards. A wildcard also replaces the slash before it, because "/files/{*rest}" also
     * matches "/files". Its value is "" then, and "/" for "/files/".
     *
     * A variable fills a whole segment, and a wildcard comes last. So the number of its segment
     * alone tells where a variable's value is in a path, and matching records no offsets.
     */
    static final char VARIABLE = '\uFFFE';

    static final char WILDCARD = '\uFFFF';

    /**
     * The order of Spring's PathPattern, more specific ones first: templates with a trailing
     * wildcard last, by length; then fewer variables; then greater length, in which a variable
     * counts as one character.
     */
    static final Comparator<PathTemplate> SPECIFICITY =
            Comparator.comparing((PathTemplate t) -> t.wildcard)
                    .thenComparingInt(t -> t.wildcard ? -t.weight() : 0)
                    .thenComparingInt(PathTemplate::score)
                    .thenComparingInt(t -> -t.weight());

    private final String text;
    private final List<String> names = new ArrayList<>();
    private final List<Integer> segments = new ArrayList<>();
    private String key = "";
    private boolean wildcard;
    private boolean rest;
    private int depth;

    private PathTemplate(String text) {
        this.text = text;
        if (text.isEmpty() || text.charAt(0) != '/') {
            throw refuse("a path that begins with '/'");
        }
        String[] parts = text.substring(1).split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            add(parts[i], i, i == parts.length - 1);
        }
    }

    /**
     * Parses a template.
     *
     * @throws IllegalArgumentException if it is invalid, with a sentence that says why
     */
    static PathTemplate parse(String text) {
        return new PathTemplate(text);
    }

    /** Returns the template as written. */
    String text() {
        return text;
    }

    /** Returns the template without names. It is equal for templates that match the same paths. */
    String key() {
        return key;
    }

    /** Returns the names of the variables, in order. */
    List<String> names() {
        return names;
    }

    /**
     * Returns the number of the segment, from 0, that the variable fills or with which it begins.
     */
    int segment(int variable) {
        return segments.get(variable);
    }

    /** Returns whether the variable is that of the trailing wildcard. */
    boolean isRest(int variable) {
        return rest && variable == names.size() - 1;
    }

    /** Returns how many segments of a path must be located to find all variables. */
    int depth() {
        return depth;
    }

    private int score() {
        return names.size() - (rest ? 1 : 0);
    }

    private int weight() {
        return key.length();
    }

    private void add(String part, int segment, boolean last) {
        if (part.isEmpty() && !last) {
            throw refuse("no empty segment");
        }
        boolean named = part.startsWith("{*");
        if (part.equals("**") || named) {
            if (!last) {
                throw refuse("no segment after the wildcard " + part);
            }
            if (named) {
                name(part, 2);
                segments.add(segment);
                rest = true;
            }
            wildcard = true;
            depth = Math.max(depth, segment);
            key += WILDCARD;
        } else if (part.startsWith("{")) {
            name(part, 1);
            segments.add(segment);
            depth = segment + 1;
            key += "/" + VARIABLE;
        } else {
            literal(part);
            key += "/" + part;
        }
    }

    private void name(String part, int start) {
        int end = part.indexOf('}');
        if (end < 0) {
            throw refuse("a '}' in the segment " + part);
        }
        String name = part.substring(start, end);
        if (name.indexOf(':') >= 0) {
            throw refuse("no regular expression, but " + part);
        }
        if (end != part.length() - 1) {
            throw refuse("a variable that fills its segment, but " + part);
        }
        if (!isName(name)) {
            throw refuse("a Java identifier as the variable's name, but '" + name + "'");
        }
        if (names.contains(name)) {
            throw refuse("no two variables called " + name);
        }
        names.add(name);
    }

    private static boolean isName(String name) {
        if (name.isEmpty() || !Character.isJavaIdentifierStart(name.charAt(0))) {
            return false;
        }
        for (int i = 1; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Character.isJavaIdentifierPart(c) && c != '-') {
                return false;
            }
        }
        return true;
    }

    private void literal(String part) {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '{' || c == '}') {
                throw refuse("braces around a whole segment, but " + part);
            }
            if (c == '*' || c == '?') {
                throw refuse("no '" + c + "' but a segment {name} or a trailing ** or {*name}");
            }
            if (c == '%') {
                throw refuse("literals as they read decoded, without '%'");
            }
            if (!UriChars.isPlain(c) && !isOther(c)) {
                throw refuse("characters that a path may hold unescaped, but '" + c + "'");
            }
        }
    }

    private static boolean isOther(char c) {
        return UriChars.isOther(c) && !RawPath.isMark(c) && c < VARIABLE;
    }

    private IllegalArgumentException refuse(String expected) {
        return new IllegalArgumentException("template: " + text + " (expected: " + expected + ")");
    }

    @Override
    public String toString() {
        return text;
    }
}
