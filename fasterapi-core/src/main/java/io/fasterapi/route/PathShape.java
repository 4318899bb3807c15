package io.fasterapi.route;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What can be said of a path pattern without a path: which other patterns may match the same
 * requests, and which of two is the more specific one. Immutable.
 *
 * @param segments what stands between the slashes
 * @param rest whether anything may follow
 */
public record PathShape(List<Segment> segments, boolean rest) {

    private static final Pattern VARIABLE = Pattern.compile("\\{[A-Za-z_]\\w*}");

    /** Matches every path. */
    public static final PathShape ANYTHING = new PathShape(List.of(), true);

    /**
     * One segment.
     *
     * @param kind how it matches
     * @param text its text as written
     */
    public record Segment(Kind kind, String text) {

        /** Tells whether it matches its own text alone. */
        public boolean isLiteral() {
            return kind == Kind.LITERAL;
        }
    }

    /** How a segment matches. */
    public enum Kind {
        /** Its own text. */
        LITERAL,
        /** Any text. */
        VARIABLE,
        /** Some texts: a wildcard, a regular expression, a variable within a text. */
        PARTIAL
    }

    /** Reads a pattern as Spring writes them. */
    public static PathShape of(String pattern) {
        List<Segment> segments = new ArrayList<>();
        for (String text : pattern.substring(pattern.startsWith("/") ? 1 : 0).split("/", -1)) {
            if (text.contains("**") || text.contains("{*")) {
                return new PathShape(List.copyOf(segments), true);
            }
            segments.add(new Segment(kind(text), text));
        }
        return new PathShape(List.copyOf(segments), false);
    }

    private static Kind kind(String text) {
        for (int i = 0; i < text.length(); i++) {
            if ("*?{}\\".indexOf(text.charAt(i)) >= 0) {
                return VARIABLE.matcher(text).matches() ? Kind.VARIABLE : Kind.PARTIAL;
            }
        }
        return Kind.LITERAL;
    }

    /** Returns what everything below this pattern matches. */
    public PathShape below() {
        return new PathShape(segments, true);
    }

    /** Tells whether only literals and whole variables occur. */
    public boolean isSimple() {
        for (Segment segment : segments) {
            if (segment.kind() == Kind.PARTIAL) {
                return false;
            }
        }
        return !rest;
    }

    private boolean isLiteral() {
        for (Segment segment : segments) {
            if (!segment.isLiteral()) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether some path may match both. */
    public boolean overlaps(PathShape other) {
        int common = Math.min(segments.size(), other.segments.size());
        for (int i = 0; i < common; i++) {
            Segment mine = segments.get(i);
            Segment theirs = other.segments.get(i);
            if (mine.isLiteral() && theirs.isLiteral() && !mine.text().equals(theirs.text())) {
                return false;
            }
        }
        return segments.size() == other.segments.size()
                || (segments.size() == common ? rest : other.rest);
    }

    /** Tells, of two that overlap, whether both match exactly the same paths. */
    public boolean isSameAs(PathShape other) {
        if (!isSimple() || !other.isSimple()) {
            return equals(other);
        }
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i).isLiteral() != other.segments.get(i).isLiteral()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Tells, of two that overlap, whether this one wins wherever both match. One without any
     * variable always does: WebFlux looks such paths up first.
     */
    public boolean isMoreSpecificThan(PathShape other) {
        if (rest || other.rest) {
            return !rest;
        }
        boolean literal = isLiteral();
        boolean more = false;
        for (int i = 0; i < segments.size(); i++) {
            Kind mine = segments.get(i).kind();
            Kind theirs = other.segments.get(i).kind();
            if (mine == Kind.LITERAL && (literal || theirs != Kind.PARTIAL)) {
                more |= theirs != Kind.LITERAL;
            } else if (mine != Kind.VARIABLE || theirs != Kind.VARIABLE) {
                return false;
            }
        }
        return more;
    }
}
