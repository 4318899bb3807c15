package io.fasterapi.route;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The shape of a path pattern: it tells without a path whether two patterns may match the same
 * requests, and which one is more specific. Immutable.
 *
 * @param segments the parts between the slashes
 * @param rest whether anything may follow them
 */
public record PathShape(List<Segment> segments, boolean rest) {

    private static final Pattern VARIABLE = Pattern.compile("\\{[A-Za-z_]\\w*}");

    /** The shape that matches every path. */
    public static final PathShape ANYTHING = new PathShape(List.of(), true);

    /**
     * One segment.
     *
     * @param kind how it matches
     * @param text its text as written
     */
    public record Segment(Kind kind, String text) {

        /** Returns whether it matches only its own text. */
        public boolean isLiteral() {
            return kind == Kind.LITERAL;
        }
    }

    /** How a segment matches. */
    public enum Kind {
        /** Matches its own text. */
        LITERAL,
        /** Matches any text. */
        VARIABLE,
        /** Matches some texts: a wildcard, a regular expression, or a variable within a text. */
        PARTIAL
    }

    /** Parses a pattern in Spring's syntax. */
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

    /** Returns the shape of everything below this pattern. */
    public PathShape below() {
        return new PathShape(segments, true);
    }

    /** Returns whether only literals and whole variables occur. */
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

    /** Returns whether some path may match both. */
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

    /** Returns whether this shape and one that overlaps it match exactly the same paths. */
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
     * Returns whether this shape wins over one that overlaps it, for every path that matches both.
     * A shape without variables always wins, because WebFlux looks up such paths first.
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
